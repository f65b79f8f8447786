package main

import (
	_ "embed" // for report.md
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"text/template"
)

//go:embed report.md
var text string

var words = template.Must(template.New("report").Parse(text))

// write leaves the files, and prints the report.
func (r *result) write(folder string) error {
	data, err1 := os.Create(filepath.Join(folder, "torture.json"))
	plot, err2 := os.Create(filepath.Join(folder, "torture.svg"))
	said, err3 := os.Create(filepath.Join(folder, "report.md"))
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	encoder := json.NewEncoder(data)
	encoder.SetIndent("", "  ")
	return errors.Join(
		words.Execute(io.MultiWriter(os.Stdout, said), r), encoder.Encode(r), r.plot(plot),
		said.Close(), data.Close(), plot.Close())
}
