package main

import (
	"context"
	"path/filepath"
	"time"

	"tiffin/bench/measure"
	"tiffin/bench/report"
)

// entry is a row that can be run.
type entry struct {
	name string
	// takes is about how long the full form runs.
	takes time.Duration
	run   func(ctx context.Context, e *env) (report.Row, error)
}

// rows are all there are, in the order in which they are run and shown.
var rows = []entry{
	{"idle", 10 * time.Second, idle},
	{"start", 15 * time.Second, nextStart},
	{"execute", 30 * time.Second, executeNew(lazy)},
	{"execute-always", 30 * time.Second, executeNew(always)},
	{"execute-next", 30 * time.Second, executeNext},
	{"order", 40 * time.Second, order(lazy)},
	{"order-always", 40 * time.Second, order(always)},
	{"visible", 40 * time.Second, visible(lazy)},
	{"visible-always", 40 * time.Second, visible(always)},
	{"reaction", 20 * time.Second, reaction},
	{"carried", 60 * time.Second, carried},
	{"replay", 60 * time.Second, replay},
	{"rebuild", 15 * time.Minute, rebuild},
	{"read", 40 * time.Second, read},
	{"flood", 90 * time.Second, flood},
	{"mongolite-id", 25 * time.Second, findByID},
	{"mongolite-sort", 60 * time.Second, findSorted},
	{"scripts", 2 * time.Second, scripts},
}

// clients is how many there are at once wherever throughput is measured, as the floors say.
const clients = 32

// effort is how much is measured.
type effort struct {
	rounds       int
	warmUp, span time.Duration
	// orders stand in the log that is replayed, three events each; documents in the collection that is searched.
	orders, documents int
	// read is how many orders the reads are spread over.
	read int
	// rebuilt is how many orders stand in the log from which a view is rebuilt while it is used, and used for how long before.
	rebuilt int
	before  time.Duration
	// flood is how long the system is asked for more than it can do.
	flood time.Duration
}

var (
	full = effort{
		rounds: 5, warmUp: 500 * time.Millisecond, span: 2 * time.Second, orders: 40_000, documents: 1_000_000, read: 5_000,
		flood: time.Minute, rebuilt: 333_334, before: 10 * time.Second,
	}
	brief = effort{
		rounds: 1, warmUp: 100 * time.Millisecond, span: 300 * time.Millisecond, orders: 1_000, documents: 20_000, read: 200,
		flood: 2 * time.Second, rebuilt: 2_000, before: time.Second,
	}
)

func (e effort) load() measure.Load {
	return measure.Load{Workers: clients, WarmUp: e.warmUp, Span: e.span}
}

// env is what rows are run with.
type env struct {
	effort
	// scratch is a folder that is gone after the run, on the same disk as everything that is measured.
	scratch, binary string
	folders         int
}

// folder is a new one of the row's own.
func (e *env) folder() string {
	e.folders++
	return filepath.Join(e.scratch, string(rune('a'+e.folders/26))+string(rune('a'+e.folders%26)))
}

// syncing is when an acknowledged append is on the disk: the setting TIFFIN_SYNC.
type syncing string

const (
	// lazy is JetStream's default: within two minutes.
	lazy syncing = "lazy"
	// always is what Tiffin runs with: before it is acknowledged.
	always syncing = "always"
)
