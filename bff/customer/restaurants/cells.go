package restaurants

import (
	"math"
	"slices"

	"github.com/mmcloughlin/geohash"
)

// A cell is a geohash of five characters, about 4.9 km square at the equator: a city's restaurant covers a handful.
const (
	cellChars   = 5
	rows        = 1 << 12
	columns     = 1 << 13
	cellDegrees = 180.0 / rows
	earthRadius = 6_371_008.8
	margin      = 1.001
)

// Cell is the cell that a point lies in.
func Cell(latitude, longitude float64) string {
	return geohash.EncodeWithPrecision(latitude, longitude, cellChars)
}

// cells are all that a circle touches, and at its corners some that it does not.
func cells(latitude, longitude float64, radiusMeters int32) []string {
	angle := float64(radiusMeters) / earthRadius * margin
	high := angle * 180 / math.Pi
	first, last := row(latitude-high), row(latitude+high)
	west, span := 0, columns
	if wide := math.Sin(angle) / math.Cos(latitude*math.Pi/180); math.Abs(latitude)+high < 90 && wide < 1 {
		half := math.Asin(wide) * 180 / math.Pi
		west = int(math.Floor((longitude - half + 180) / cellDegrees))
		span = min(columns, int(math.Floor((longitude+half+180)/cellDegrees))-west+1)
	}
	var out []string
	for y := first; y <= last; y++ {
		for x := west; x < west+span; x++ {
			column := ((x % columns) + columns) % columns
			out = append(out, Cell((float64(y)+0.5)*cellDegrees-90, (float64(column)+0.5)*cellDegrees-180))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func row(latitude float64) int {
	return max(0, min(rows-1, int(math.Floor((latitude+90)/cellDegrees))))
}
