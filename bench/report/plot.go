package report

import (
	_ "embed" // for plot.svg
	"fmt"
	"io"
	"math"
	"text/template"
)

//go:embed plot.svg
var drawing string

var plot = template.Must(template.New("plot").Parse(drawing))

// The plot's measures, in pixels. Its axis is logarithmic: a bar that is one step longer is twice as good.
const (
	width     = 1000
	labels    = 470 // left of this stand the rows' texts
	step      = 70
	steps     = 3 // on either side of the floor
	top       = 84
	rowHeight = 34
)

type bar struct {
	Y, X, Width      int
	What, Said, Kind string
}

// Plot draws a bar a row: how far it reaches past its floor, or falls short of it.
func (r Report) Plot(w io.Writer) error {
	floor := labels + steps*step
	bars := make([]bar, 0, len(r.Rows))
	for i, row := range r.Rows {
		length := int(math.Round(math.Max(-steps, math.Min(steps, math.Log2(row.Reach()))) * step))
		bars = append(bars, bar{
			Y: top + i*rowHeight, X: min(floor, floor+length), Width: max(2, max(length, -length)),
			What: row.What, Said: row.String(), Kind: row.Verdict(),
		})
	}
	ticks := make([]bar, 0, 2*steps+1)
	for i := -steps; i <= steps; i++ {
		ticks = append(ticks, bar{X: floor + i*step, Said: fmt.Sprintf("×%g", math.Pow(2, float64(i)))})
	}
	return plot.Execute(w, map[string]any{
		"Width": width, "Height": top + len(bars)*rowHeight + 20, "Bottom": top + len(bars)*rowHeight, "Floor": floor,
		"Top": top, "Labels": labels - 12, "Right": width - 12, "Bars": bars, "Ticks": ticks, "Short": r.Short,
		"Machine": r.Machine.String(),
	})
}
