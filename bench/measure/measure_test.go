package measure_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"tiffin/bench/measure"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestMedianIsAtLeastHalfAndAtMostHalf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		figures := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 1, 30).Draw(t, "figures")
		median := measure.Median(figures)
		below, above := 0, 0
		for _, f := range figures {
			if f < median {
				below++
			}
			if f > median {
				above++
			}
		}
		require.LessOrEqual(t, 2*below, len(figures))
		require.LessOrEqual(t, 2*above, len(figures))
	})
	require.Zero(t, measure.Median(nil))
	require.InDelta(t, 2.5, measure.Median([]float64{4, 1, 2, 3}), 0)
}

func TestAQuantileIsExceededByWhatItLeaves(t *testing.T) {
	var hundred []float64
	for i := range 100 {
		hundred = append(hundred, float64(100-i))
	}
	require.InDelta(t, 100, measure.Quantile(hundred, 0.99), 0)
	require.InDelta(t, 51, measure.Quantile(hundred, 0.5), 0)
	require.Zero(t, measure.Quantile(nil, 0.99))
}

func TestSidesTakeTurns(t *testing.T) {
	var order []string
	side := func(name string, figures ...float64) measure.Side {
		return func(context.Context) (float64, error) {
			order = append(order, name)
			figure := figures[0]
			figures = figures[1:]
			return figure, nil
		}
	}
	medians, err := measure.Turns(t.Context(), 3, side("a", 1, 9, 2), side("b", 30, 10, 20))
	require.NoError(t, err)
	require.Equal(t, []string{"a", "b", "a", "b", "a", "b"}, order)
	require.Equal(t, []float64{2, 20}, medians)
}

var errRefused = errors.New("refused")

func TestAFailedCallFailsTheMeasurement(t *testing.T) {
	refuse := func(context.Context) error { return errRefused }
	_, err := measure.Rate(t.Context(), measure.Load{Workers: 4, Span: time.Hour}, func(ctx context.Context, _ int) error { return refuse(ctx) })
	require.ErrorIs(t, err, errRefused)
	_, err = measure.P50(t.Context(), measure.Pace{PerSecond: 1000, Span: time.Hour}, refuse)
	require.ErrorIs(t, err, errRefused)
	_, err = measure.Turns(t.Context(), 1, func(ctx context.Context) (float64, error) { return measure.Once(ctx, refuse) })
	require.ErrorIs(t, err, errRefused)
	err = measure.Each(t.Context(), 4, 1_000_000, func(ctx context.Context, _ int) error { return refuse(ctx) })
	require.ErrorIs(t, err, errRefused)
}

func TestAPaceCallsAsOftenAsItSays(t *testing.T) {
	var calls atomic.Int64
	_, err := measure.P50(t.Context(), measure.Pace{PerSecond: 1000, WarmUp: 10 * time.Millisecond, Span: 40 * time.Millisecond},
		func(context.Context) error { calls.Add(1); return nil })
	require.NoError(t, err)
	require.EqualValues(t, 50, calls.Load())
}

func TestEachCallsForEachOnce(t *testing.T) {
	seen := make([]atomic.Int64, 1000)
	require.NoError(t, measure.Each(t.Context(), 8, len(seen), func(_ context.Context, i int) error { seen[i].Add(1); return nil }))
	for i := range seen {
		require.EqualValues(t, 1, seen[i].Load())
	}
}

func TestEveryWorkerIsCounted(t *testing.T) {
	workers := make([]atomic.Int64, 8)
	rate, err := measure.Rate(t.Context(), measure.Load{Workers: len(workers), Span: 20 * time.Millisecond}, func(_ context.Context, worker int) error {
		workers[worker].Add(1)
		return nil
	})
	require.NoError(t, err)
	require.Positive(t, rate)
	for i := range workers {
		require.Positive(t, workers[i].Load())
	}
}
