package arrival_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tiffin/bff/customer/arrival"
	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func at(clock string) time.Time {
	t, err := time.Parse("15:04", clock)
	if err != nil {
		panic(err)
	}
	return noon.Add(t.Sub(time.Date(0, 1, 1, 12, 0, 0, 0, time.UTC)))
}

// north is a point so many metres north of the restaurant.
func north(metres float64) *typev1.Location {
	return &typev1.Location{Latitude: 52.5 + metres/111_195, Longitude: 13.4}
}

// trip is an order 1.8 km away, which a bicycle rides in ten minutes, that is to be ready at 12:20.
func trip(with func(*arrival.Trip)) arrival.Trip {
	t := arrival.Trip{Restaurant: north(0), Door: north(1780), FirstReadyAt: at("12:20"), ReadyAt: at("12:20")}
	if with != nil {
		with(&t)
	}
	return t
}

func courier(place *typev1.Location, seen time.Time) func(*arrival.Trip) {
	return func(t *arrival.Trip) {
		t.Courier, t.Vehicle, t.At, t.Seen = true, customerv1.Vehicle_BICYCLE, place, seen
	}
}

func TestEstimates(t *testing.T) {
	for name, c := range map[string]struct {
		trip             arrival.Trip
		now              string
		earliest, latest string
		late             bool
	}{
		"nobody has taken it on yet": {trip(nil), "12:00", "12:25", "12:45", false},
		"a courier waits for the food": {
			trip(courier(north(0), at("12:00"))), "12:00", "12:25", "12:40", false,
		},
		"the food waits for the courier": {
			trip(func(t *arrival.Trip) { courier(north(-1780), at("12:20"))(t); t.Ready = true }), "12:20", "12:40", "12:50", true,
		},
		"the restaurant needs longer": {
			trip(func(t *arrival.Trip) { courier(north(0), at("12:10"))(t); t.ReadyAt = at("12:50") }), "12:10", "12:55", "13:15", true,
		},
		"the kitchen is overdue": {
			trip(courier(north(0), at("12:25"))), "12:25", "12:36", "12:47", false,
		},
		"on its way": {
			trip(func(t *arrival.Trip) { courier(north(890), at("12:27"))(t); t.PickedUpAt = at("12:22") }), "12:27", "12:32", "12:36", false,
		},
		"on its way, nobody knows where": {
			trip(func(t *arrival.Trip) { courier(nil, at("12:22"))(t); t.At = nil; t.PickedUpAt = at("12:22") }),
			"12:27", "12:32", "12:36", false,
		},
		"where the courier was long ago says nothing": {
			trip(func(t *arrival.Trip) { courier(north(9000), at("12:22"))(t); t.PickedUpAt = at("12:22") }),
			"12:27", "12:32", "12:36", false,
		},
		"the courier is at the door": {
			trip(func(t *arrival.Trip) { courier(north(1780), at("12:32"))(t); t.PickedUpAt = at("12:22") }), "12:32", "12:32", "12:36", false,
		},
		"it should have been there": {
			trip(func(t *arrival.Trip) { courier(nil, at("12:22"))(t); t.At = nil; t.PickedUpAt = at("12:22") }),
			"13:00", "13:00", "13:01", true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := arrival.NewRules(1).Estimate(c.trip, at(c.now))
			require.Equal(t, []string{c.earliest, c.latest}, []string{e.Earliest.Format("15:04"), e.Latest.Format("15:04")})
			require.Equal(t, "12:40", e.Promised.Format("15:04"))
			require.Equal(t, c.late, e.Late)
		})
	}
}

func TestEstimatesShrinkWithTheCitysTime(t *testing.T) {
	slow := arrival.NewRules(1).Estimate(trip(nil), at("12:00"))
	quick := arrival.NewRules(60).Estimate(trip(func(t *arrival.Trip) {
		t.FirstReadyAt, t.ReadyAt = noon.Add(20*time.Second), noon.Add(20*time.Second)
	}), noon)
	require.Equal(t, slow.Latest.Sub(noon)/60, quick.Latest.Sub(noon))
	require.Equal(t, slow.Promised.Sub(noon)/60, quick.Promised.Sub(noon))
}

func TestEstimatesAreNeverInThePastNorTheWrongWayRound(t *testing.T) {
	minutes := func(t *rapid.T, name string) time.Time {
		return noon.Add(time.Duration(rapid.IntRange(-180, 180).Draw(t, name)) * time.Second * 20)
	}
	rules := arrival.NewRules(1)
	rapid.Check(t, func(t *rapid.T) {
		now := minutes(t, "now")
		known := trip(func(trip *arrival.Trip) {
			trip.FirstReadyAt, trip.ReadyAt = minutes(t, "first"), minutes(t, "ready at")
			trip.Ready, trip.Courier = rapid.Bool().Draw(t, "ready"), rapid.Bool().Draw(t, "courier")
			trip.Vehicle = customerv1.Vehicle(rapid.Int32Range(0, 3).Draw(t, "vehicle"))
			if rapid.Bool().Draw(t, "seen") {
				trip.At, trip.Seen = north(rapid.Float64Range(-5000, 5000).Draw(t, "place")), minutes(t, "when")
			}
			if rapid.Bool().Draw(t, "picked up") {
				trip.PickedUpAt = minutes(t, "picked up at")
			}
		})
		e := rules.Estimate(known, now)
		if e.Latest.Before(e.Earliest) || e.Latest.Before(now) || now.Sub(e.Earliest) >= time.Minute {
			t.Fatalf("at %s: %+v", now, e)
		}
	})
}
