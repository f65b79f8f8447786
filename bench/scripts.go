package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"

	"tiffin/bench/report"
)

var firstVisit = regexp.MustCompile(`(?m)^first visit\s+([0-9.]+) kB`)

// scripts is all JavaScript that a first visit to the customer pages can load, as the frontends' own check weighs it.
func scripts(ctx context.Context, _ *env) (row report.Row, err error) {
	out, err := exec.CommandContext(ctx, "npm", "--prefix", "frontends", "run", "--silent", "size").Output()
	var over *exec.ExitError // the check fails where a budget is exceeded, and still says the figures
	if err != nil && !errors.As(err, &over) {
		return row, err
	}
	kB, err := weight(out)
	return report.Row{
		What: "customer pages: compressed JavaScript, first visit", Value: kB, Unit: "kB", Floor: report.AtMost(150),
	}, err
}

func weight(printed []byte) (float64, error) {
	found := firstVisit.FindSubmatch(printed)
	if found == nil {
		return 0, fmt.Errorf("npm run size does not say what a first visit weighs: %q", printed)
	}
	return strconv.ParseFloat(string(found[1]), 64)
}
