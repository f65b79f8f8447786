package main

import "fmt"

// live is what the last collection of garbage left: the next one comes when the heap has grown by GOGC percent of it.
func live(figures map[string]float64) float64 {
	const usual = 100
	percent := figures["go_gc_gogc_percent"]
	if percent <= 0 {
		percent = usual
	}
	return figures["go_memstats_next_gc_bytes"] / (1 + percent/100)
}

// residentLess and liveLess are 0 where the system did not tell.
func (s sample) residentLess() float64 { return max(0, s.ResidentMB-s.StoredMB) }
func (s sample) liveLess() float64     { return max(0, s.LiveMB-s.StoredMB) }

// growth says how fast the memory less what is stored grows in the last third of the time that people order.
func (r *result) growth() string {
	return fmt.Sprintf("%+.1f MB a minute in memory, %+.1f MB a minute of Go's live heap",
		60*r.slope(sample.residentLess), 60*r.slope(sample.liveLess))
}

// slope is that of the straight line that fits a figure best, a second; samples that tell nothing are left out.
func (r *result) slope(figure func(sample) float64) float64 {
	var n, x, y, xx, xy float64
	for _, s := range r.Samples {
		if at, f := s.Seconds, figure(s); f > 0 && at >= r.end()*2/3 {
			n, x, y, xx, xy = n+1, x+at, y+f, xx+at*at, xy+at*f
		}
	}
	if spread := n*xx - x*x; spread > 0 {
		return (n*xy - x*y) / spread
	}
	return 0
}
