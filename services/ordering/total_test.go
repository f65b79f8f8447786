package ordering_test

import (
	"errors"
	"strconv"

	"pgregory.net/rapid"

	"tiffin/platform/problem"
	"tiffin/services/ordering"
)

// totalOf asks for the total by expecting a wrong one.
func totalOf(t *rapid.T, c *placement, m ordering.Menu) int64 {
	_, err := ordering.Order{}.Place(c, m, monday)
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != "TOTAL_CHANGED" {
		t.Fatalf("%v, want TOTAL_CHANGED", err)
	}
	total, err := strconv.ParseInt(p.Meta["total"], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return total
}
