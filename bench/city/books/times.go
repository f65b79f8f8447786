package books

import (
	"math"
	"time"
)

// Times counts durations by their size, exact to two in a hundred, in little room however many there are.
type Times struct {
	count   int
	buckets map[int]int
}

const growth = 1.02

func newTimes() *Times { return &Times{buckets: map[int]int{}} }

func (t *Times) add(d time.Duration) {
	t.count++
	t.buckets[int(math.Ceil(math.Log(max(1, float64(d.Microseconds())))/math.Log(growth)))]++
}

// Count is how many there are.
func (t *Times) Count() int { return t.count }

// Quantile is the duration that so large a part of all does not exceed; 0 where there is none.
func (t *Times) Quantile(part float64) time.Duration {
	rank := int(math.Ceil(part * float64(t.count)))
	lowest, highest := math.MaxInt, math.MinInt
	for b := range t.buckets {
		lowest, highest = min(lowest, b), max(highest, b)
	}
	for b := lowest; b <= highest; b++ {
		if rank -= t.buckets[b]; rank <= 0 {
			return time.Duration(math.Pow(growth, float64(b))) * time.Microsecond
		}
	}
	return 0
}
