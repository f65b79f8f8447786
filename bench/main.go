package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"tiffin/bench/report"
	"tiffin/platform/run"
)

func main() { run.Main(bench) }

// bench runs the rows that the flags select, and writes what they found.
func bench(ctx context.Context) error {
	short := flag.Bool("short", false, "every row briefly: to see that it works, not how fast things are")
	only := flag.String("rows", "", "the rows to run, separated by commas: names, or what they start with")
	out := flag.String("out", ".artifacts/bench", "the folder for bench.json, bench.svg and what the rows need meanwhile")
	binary := flag.String("system", "bin/tiffin-local", "the built system")
	profiles := flag.String("profiles", "", "a folder for a processor profile of each row (of this process only)")
	flag.Parse()

	selected, err := choose(rows, *only)
	if err != nil {
		return err
	}
	scratch := filepath.Join(*out, "scratch")
	if err := os.RemoveAll(scratch); err != nil {
		return err
	}
	e := &env{effort: full, scratch: scratch, binary: *binary}
	if *short {
		e.effort = brief
	}
	found := report.Report{Machine: report.Here(time.Now()), Short: *short}
	for i, r := range selected {
		fmt.Fprintln(os.Stderr, progress(selected, i, *short))
		row, err := measured(ctx, e, r, *profiles)
		if err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		fmt.Fprintln(os.Stderr, "  "+row.String())
		found.Rows = append(found.Rows, row)
		debug.FreeOSMemory() // what one row leaves behind must not slow the next
	}
	return errors.Join(found.Table(os.Stdout), save(found, *out), os.RemoveAll(scratch))
}

// choose returns the entries whose name is, or starts with, one of the given.
func choose(all []entry, names string) ([]entry, error) {
	if names == "" {
		return all, nil
	}
	var chosen []entry
	for name := range strings.SplitSeq(names, ",") {
		before := len(chosen)
		for _, r := range all {
			if strings.HasPrefix(r.name, strings.TrimSpace(name)) {
				chosen = append(chosen, r)
			}
		}
		if len(chosen) == before {
			return nil, fmt.Errorf("there is no row %q", name)
		}
	}
	return chosen, nil
}

func progress(selected []entry, i int, short bool) string {
	text := fmt.Sprintf("[%d/%d] %s", i+1, len(selected), selected[i].name)
	if short {
		return text
	}
	var left time.Duration
	for _, r := range selected[i:] {
		left += r.takes
	}
	return text + fmt.Sprintf(" (about %s left)", left.Round(time.Second))
}

// save writes the files into the folder.
func save(r report.Report, folder string) error {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	data, err1 := os.Create(filepath.Join(folder, "bench.json"))
	plot, err2 := os.Create(filepath.Join(folder, "bench.svg"))
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	return errors.Join(r.JSON(data), data.Close(), r.Plot(plot), plot.Close())
}
