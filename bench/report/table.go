package report

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"text/tabwriter"
)

// Report is one run of the benchmarks.
type Report struct {
	Machine Machine
	// Short: taken briefly, to see that everything works; such figures say little.
	Short bool
	Rows  []Row
}

// Table prints the rows, aligned, and how many are below their floor.
func (r Report) Table(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "row\twhat\tvalue\tunit\tceiling\tratio\tfloor\tverdict\t")
	below := 0
	for _, row := range r.Rows {
		if !row.Passes() {
			below++
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", row.Name, row.What, number(row.Value), row.Unit,
			optional(row.Ceiling), optional(row.Ratio()), row.Floor, row.Verdict(), row.remark())
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%s\n%s\n", r.Machine, r.summary(below))
	return err
}

func (r Report) summary(below int) string {
	text := fmt.Sprintf("All %d rows reach their floor.", len(r.Rows))
	if below > 0 {
		text = fmt.Sprintf("%d of %d rows are BELOW their floor.", below, len(r.Rows))
	}
	if r.Machine.busy() {
		text += " The machine was busy with other things when this began: take the figures again on a quiet one."
	}
	if r.Short {
		text += " This was the short form: it shows that every row works, not how fast things are."
	}
	return text
}

func optional(figure float64) string {
	if figure == 0 {
		return "–"
	}
	return number(figure)
}

// number is exact to three figures, and writes large ones out.
func number(figure float64) string {
	if math.Abs(figure) >= 100 {
		return strconv.FormatFloat(figure, 'f', 0, 64)
	}
	return strconv.FormatFloat(figure, 'g', 3, 64)
}
