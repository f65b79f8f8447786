package main

import (
	_ "embed" // for plot.svg
	"fmt"
	"io"
	"math"
	"strings"
	"text/template"
)

//go:embed plot.svg
var drawing string

var picture = template.Must(template.New("city").Parse(drawing))

// The plot's measures, in pixels.
const (
	width  = 1000
	left   = 70
	right  = 980
	height = 180
	gap    = 70
	top    = 84
)

// panel is one figure over time.
type panel struct {
	Top, Bottom int
	Title       string
	Ticks       []tick
	Lines       []line
}

type tick struct {
	At    int
	Label string
}

type line struct{ Kind, Label, Points string }

// figure is one of a sample.
type figure struct {
	label string
	of    func(sample) float64
}

func (r *result) plot(w io.Writer) error {
	memory := r.panel(0, "memory of the system, MB",
		figure{"in memory", func(s sample) float64 { return s.ResidentMB }}, figure{"Go's heap", func(s sample) float64 { return s.HeapMB }})
	less := r.panel(1, "memory less what is stored (documents and index keys), MB",
		figure{"in memory", sample.residentLess}, figure{"Go's live heap", sample.liveLess})
	open := r.panel(2, "orders without an end yet", figure{"open", func(s sample) float64 { return float64(s.Open) }})
	placed := r.panel(3, "orders placed", figure{"placed", func(s sample) float64 { return float64(s.Placed) }})
	panels := []panel{memory, less, open, placed}
	var seconds []tick
	end := r.end()
	for i := range 6 {
		at := end * float64(i) / 5
		seconds = append(seconds, tick{left + int(float64(right-left)*float64(i)/5), fmt.Sprintf("%.0f s", at)})
	}
	return picture.Execute(w, map[string]any{
		"Width": width, "Height": top + len(panels)*(height+gap), "Left": left, "Right": right, "Panels": panels, "Seconds": seconds,
		"What": fmt.Sprintf("%d orders at %g/s, %g times as fast as in life, %d invariants broken, %d without an end",
			r.Placed, r.Rate, r.Factor, len(r.Violations), len(r.Open)),
		"Machine": r.Machine.String(),
	})
}

func (r *result) end() float64 {
	if len(r.Samples) == 0 {
		return 1
	}
	return r.Samples[len(r.Samples)-1].Seconds
}

// kinds of lines, as the drawing styles them.
var kinds = [...]string{"first", "second"}

func (r *result) panel(n int, title string, figures ...figure) panel {
	p := panel{Top: top + n*(height+gap), Title: title}
	p.Bottom = p.Top + height
	most := 1.0
	for _, s := range r.Samples {
		for _, f := range figures {
			most = max(most, f.of(s))
		}
	}
	step := round(most / 4)
	for at := 0.0; at <= most; at += step {
		p.Ticks = append(p.Ticks, tick{p.Bottom - int(float64(height)*at/most), fmt.Sprintf("%g", at)})
	}
	for i, f := range figures {
		var points []string
		for _, s := range r.Samples {
			if f.of(s) == 0 && n <= 1 { // it did not tell
				continue
			}
			points = append(points, fmt.Sprintf("%.1f,%.1f",
				left+float64(right-left)*s.Seconds/r.end(), float64(p.Bottom)-height*f.of(s)/most))
		}
		p.Lines = append(p.Lines, line{kinds[i%len(kinds)], f.label, strings.Join(points, " ")})
	}
	return p
}

// round is a number near by that one likes to read: 1, 2 or 5 with noughts.
func round(x float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(x)))
	for _, f := range []float64{1, 2, 5} {
		if x <= f*unit {
			return f * unit
		}
	}
	return 10 * unit
}
