package report

import (
	"encoding/json"
	"io"
)

type rowJSON struct {
	Name    string  `json:"name"`
	What    string  `json:"what"`
	Value   float64 `json:"value"`
	Unit    string  `json:"unit"`
	Ceiling float64 `json:"ceiling,omitempty"`
	Ratio   float64 `json:"ratio,omitempty"`
	Floor   Floor   `json:"floor"`
	Verdict string  `json:"verdict"`
	Note    string  `json:"note,omitempty"`
}

// JSON writes the report for programs.
func (r Report) JSON(w io.Writer) error {
	rows := make([]rowJSON, 0, len(r.Rows))
	for _, row := range r.Rows {
		rows = append(rows, rowJSON{
			row.Name, row.What, row.Value, row.Unit, row.Ceiling, row.Ratio(), row.Floor, row.Verdict(), row.remark(),
		})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(struct {
		Machine Machine   `json:"machine"`
		Short   bool      `json:"short"`
		Rows    []rowJSON `json:"rows"`
	}{r.Machine, r.Short, rows})
}
