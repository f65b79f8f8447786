package geo

import "math"

// earthRadius is the mean radius of WGS 84, in metres.
const earthRadius = 6_371_008.8

// Point is a place in degrees, WGS 84. Every Location message is one.
type Point interface {
	GetLatitude() float64
	GetLongitude() float64
}

// Distance returns the metres between two points along the great circle, by the haversine formula, which stays exact for
// points that are close together.
func Distance(a, b Point) float64 {
	latA, latB := radians(a.GetLatitude()), radians(b.GetLatitude())
	sinLat := math.Sin((latB - latA) / 2)
	sinLon := math.Sin(radians(b.GetLongitude()-a.GetLongitude()) / 2)
	h := sinLat*sinLat + math.Cos(latA)*math.Cos(latB)*sinLon*sinLon
	return 2 * earthRadius * math.Asin(math.Sqrt(min(1, h))) // rounding may lift h above 1 at antipodes
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }
