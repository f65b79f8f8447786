package geo_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/geo"
)

func at(lat, lon float64) *typev1.Location { return &typev1.Location{Latitude: lat, Longitude: lon} }

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		name         string
		a, b         *typev1.Location
		want, within float64
	}{
		{"nowhere to go", at(52.52, 13.405), at(52.52, 13.405), 0, 0},
		{"Berlin to Paris", at(52.52, 13.405), at(48.8566, 2.3522), 877_500, 1_000},
		{"one degree of latitude", at(0, 0), at(1, 0), 111_195, 1},
		{"a minute's walk", at(52.52, 13.405), at(52.5209, 13.405), 100, 0.1},
		{"across the date line", at(0, 179.5), at(0, -179.5), 111_195, 1},
		{"to the other side", at(0, 0), at(0, 180), math.Pi * 6_371_008.8, 1},
		{"at a pole every longitude is the same", at(90, 0), at(90, 120), 0, 1e-6},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := geo.Distance(c.a, c.b); math.Abs(got-c.want) > c.within {
				t.Fatalf("%f m, want %f m", got, c.want)
			}
		})
	}
}

func TestDistanceIsAMetric(t *testing.T) {
	point := rapid.Custom(func(t *rapid.T) *typev1.Location {
		return at(rapid.Float64Range(-90, 90).Draw(t, "latitude"), rapid.Float64Range(-180, 180).Draw(t, "longitude"))
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := point.Draw(t, "a"), point.Draw(t, "b"), point.Draw(t, "c")
		ab, ba, bc, ac := geo.Distance(a, b), geo.Distance(b, a), geo.Distance(b, c), geo.Distance(a, c)
		if math.IsNaN(ab) || ab < 0 || math.Abs(ab-ba) > 1e-3 {
			t.Fatalf("there %f m, back %f m", ab, ba)
		}
		if ac > ab+bc+1 {
			t.Fatalf("a detour of %f m is shorter than %f m", ab+bc, ac)
		}
	})
}
