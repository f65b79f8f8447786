package streets_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tiffin/bench/city/streets"
	"tiffin/platform/geo"
)

var mitte = streets.Place{Latitude: 52.5297, Longitude: 13.4012}

func anywhere(t *rapid.T, name string) streets.Place {
	return mitte.Off(rapid.Float64Range(-4000, 4000).Draw(t, name+" along"), rapid.Float64Range(-4000, 4000).Draw(t, name+" across"))
}

func TestAWayBeginsAndEndsWhereItShould(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to := anywhere(t, "from"), anywhere(t, "to")
		way := streets.Between(from, to)
		require.Equal(t, from, way.After(0))
		require.Equal(t, from, way.After(-1))
		require.Equal(t, to, way.After(way.Metres()+1))
		require.GreaterOrEqual(t, way.Metres(), 0.99*geo.Distance(from, to), "no way is shorter than the straight line")
	})
}

func TestNobodyJumps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		way := streets.Between(anywhere(t, "from"), anywhere(t, "to"))
		step := rapid.Float64Range(1, 200).Draw(t, "step")
		for at := 0.0; at < way.Metres(); at += step {
			require.LessOrEqual(t, geo.Distance(way.After(at), way.After(at+step)), 1.02*step)
		}
	})
}

func TestOneRidesAlongStreetsOnly(t *testing.T) {
	from := mitte
	way := streets.Between(from, mitte.Off(900, 500))
	require.InDelta(t, 1400, way.Metres(), 350, "as long as the two directions together, and a block at most on top")
	// On the first street nothing moves across.
	along := geo.Distance(from, way.After(100))
	require.InDelta(t, 100, along, 2)
}

func TestWhereNothingIsToRideTheWayIsShort(t *testing.T) {
	way := streets.Between(mitte, mitte)
	require.Less(t, way.Metres(), 200.0)
	require.Equal(t, mitte, way.After(way.Metres()))
}
