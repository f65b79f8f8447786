package process

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestTheWatermarkStandsBelowWhatIsNotDone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWatermark(0)
		left := map[uint64]int{}
		last := uint64(0)
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			var open []uint64
			for p := uint64(1); p <= last; p++ {
				if left[p] > 0 {
					open = append(open, p)
				}
			}
			if len(open) == 0 || rapid.Bool().Draw(t, "begin") {
				last++
				left[last] = rapid.IntRange(0, 3).Draw(t, "parts")
				w.begin(last, left[last])
			} else {
				p := rapid.SampledFrom(open).Draw(t, "done")
				left[p]--
				w.done(p)
			}
			want := last
			for p := uint64(1); p <= last; p++ {
				if left[p] > 0 {
					want = p - 1
					break
				}
			}
			require.Equal(t, want, w.position())
		}
	})
}
