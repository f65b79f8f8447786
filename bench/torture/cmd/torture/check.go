package main

import (
	"context"
	"time"

	"tiffin/bench/torture/check"
	"tiffin/bench/torture/cluster"
)

// checkWithin bounds rebuilding every view and reading the log, for a run of half an hour.
const checkWithin = 10 * time.Minute

// check holds the history against what the cell has kept.
func (r *result) check(cell *cluster.Cluster, calls string) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), checkWithin)
	defer cancel()
	r.Judged, err = check.Run(ctx, check.Input{
		History: calls, NATSURL: cell.NATSURL, MongoDBURI: cell.MongoDBURI, DataDir: cell.DataDir(), Ledger: check.File(cell.Ledger()),
	})
	return err
}

// Rules are those that are looked at, and how often each was broken.
func (r *result) Rules() map[string]int {
	out := map[string]int{}
	for _, rule := range check.Rules() {
		out[rule] = r.Judged.Broken[rule]
	}
	return out
}

// Promises is how many of all promises were broken: those that people saw, and those that the log, the views and the card
// processor's file tell of.
func (r *result) Promises() int {
	n := len(r.Violations)
	for _, times := range r.Judged.Broken {
		n += times
	}
	return n
}
