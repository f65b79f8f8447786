package measure

import (
	"context"
	"slices"
)

// Side is one side of a comparison; each call measures it once.
type Side func(ctx context.Context) (float64, error)

// Turns measures the sides in turn, round after round, and returns the median of each.
func Turns(ctx context.Context, rounds int, sides ...Side) ([]float64, error) {
	figures := make([][]float64, len(sides))
	for range rounds {
		for i, side := range sides {
			figure, err := side(ctx)
			if err != nil {
				return nil, err
			}
			figures[i] = append(figures[i], figure)
		}
	}
	medians := make([]float64, len(sides))
	for i := range figures {
		medians[i] = Median(figures[i])
	}
	return medians, nil
}

// Median returns the middle figure, the mean of the two middle ones, or 0 where there is none.
func Median(figures []float64) float64 {
	sorted := slices.Sorted(slices.Values(figures))
	n := len(sorted)
	switch {
	case n == 0:
		return 0
	case n%2 == 1:
		return sorted[n/2]
	default:
		return (sorted[n/2-1] + sorted[n/2]) / 2
	}
}

// Quantile returns the figure that so large a part of them does not exceed, such as 0.99; 0 where there is none.
func Quantile(figures []float64, part float64) float64 {
	if len(figures) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(figures))
	return sorted[min(int(float64(len(sorted))*part), len(sorted)-1)]
}
