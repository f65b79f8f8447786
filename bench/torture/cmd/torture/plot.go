package main

import (
	_ "embed" // for plot.svg
	"fmt"
	"io"
	"math"
	"text/template"
)

//go:embed plot.svg
var drawing string

var picture = template.Must(template.New("torture").Parse(drawing))

// The plot's measures, in pixels.
const (
	width  = 1000
	left   = 100
	right  = 980
	top    = 84
	height = 200
	gap    = 24
	lane   = 24
	thick  = 12
	foot   = 40
	// atMost columns are drawn: of a long run, one stands for several seconds.
	atMost = 220
)

type tick struct {
	At    int
	Label string
}

// box is a column, or a fault's bar.
type box struct {
	X, Y, Width, Height float64
	Title               string
}

// row is all faults of a kind.
type row struct {
	Line  int
	Label string
	Bars  []box
}

func (r *result) plot(w io.Writer) error {
	end := max(1, r.Tortured+r.Drained)
	x := func(seconds float64) float64 { return round(left + (right-left)*min(seconds, end)/end) }
	columns, ticks := r.columns(end, x)
	bottom := top + height + gap + lane*len(r.Kinds)
	var seconds []tick
	for i := range 6 {
		at := end * float64(i) / 5
		seconds = append(seconds, tick{int(x(at)), fmt.Sprintf("%.0f s", at)})
	}
	return picture.Execute(w, map[string]any{
		"Width": width, "Height": bottom + foot, "Left": left, "Right": right, "Top": top, "Bottom": bottom,
		"Columns": columns, "Ticks": ticks, "Lanes": r.lanes(x), "Seconds": seconds, "Machine": r.Machine.String(),
		"What": fmt.Sprintf("%d faults, %d commands acknowledged, %d promises broken, %d orders without an end",
			len(r.Faults), r.Commands.Acknowledged, r.Promises(), len(r.Open)),
	})
}

// columns are the commands over time.
func (r *result) columns(end float64, x func(float64) float64) (columns []box, ticks []tick) {
	step := max(1, int(math.Ceil(end/atMost)))
	var rates []float64
	most := 1.0
	for i := 0; i < len(r.acknowledged); i += step {
		n := 0
		for _, one := range r.acknowledged[i:min(len(r.acknowledged), i+step)] {
			n += one
		}
		rates = append(rates, float64(n)/float64(step))
		most = max(most, rates[len(rates)-1])
	}
	for i, rate := range rates {
		tall := round(height * rate / most)
		from := x(float64(i * step))
		columns = append(columns, box{X: from, Y: top + height - tall, Width: round(x(float64((i+1)*step)) - from), Height: tall})
	}
	unit := math.Pow(10, math.Floor(math.Log10(most)))
	if most/unit < 2 {
		unit /= 2
	}
	for at := 0.0; at <= most; at += unit {
		ticks = append(ticks, tick{top + height - int(height*at/most), fmt.Sprintf("%g", at)})
	}
	return columns, ticks
}

// lanes are the faults over time, a lane for each kind.
func (r *result) lanes(x func(float64) float64) []row {
	const seen = 1.5 // what is over at once is still to be seen
	var out []row
	for i, k := range r.Kinds {
		l := row{Line: top + height + gap + lane*(i+1), Label: string(k.Kind)}
		for _, f := range r.Faults {
			if f.Kind != k.Kind {
				continue
			}
			from, to := x(f.Began.Sub(r.began).Seconds()), x(f.Healed.Sub(r.began).Seconds())
			l.Bars = append(l.Bars, box{
				X: from, Y: float64(l.Line - thick - (lane-thick)/2), Width: round(max(seen, to-from)), Height: thick, Title: f.String(),
			})
		}
		out = append(out, l)
	}
	return out
}

// round to a tenth of a pixel.
func round(x float64) float64 { return math.Round(10*x) / 10 }
