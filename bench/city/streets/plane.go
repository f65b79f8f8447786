package streets

import "math"

// Place is a point in degrees, WGS 84.
type Place struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// GetLatitude makes a place one that platform/geo measures from.
func (p Place) GetLatitude() float64 { return p.Latitude }

// GetLongitude makes a place one that platform/geo measures from.
func (p Place) GetLongitude() float64 { return p.Longitude }

const (
	metresPerDegree = 111_320
	// The streets lie turned against the compass by this.
	turn = 14 * math.Pi / 180
	// block is how far it is from one street to the next that a way may turn into.
	block = 620.0 / 4
)

// point is metres along the two directions of streets.
type point struct{ x, y float64 }

// east is how many metres a degree of longitude is; the scale of the whole degree below is used, so that neighbours agree.
func east(latitude float64) float64 {
	return metresPerDegree * math.Cos(math.Floor(latitude)*math.Pi/180)
}

func (p Place) onPlane() point {
	x, y := p.Longitude*east(p.Latitude), p.Latitude*metresPerDegree
	return point{x*math.Cos(turn) + y*math.Sin(turn), y*math.Cos(turn) - x*math.Sin(turn)}
}

func (p point) place() Place {
	x, y := p.x*math.Cos(turn)-p.y*math.Sin(turn), p.x*math.Sin(turn)+p.y*math.Cos(turn)
	latitude := y / metresPerDegree
	return Place{Latitude: latitude, Longitude: x / east(latitude)}
}
