// Command torture runs a whole cell as real processes, lets simulated people live in it, and does to it meanwhile what a nemesis
// can think of; then it takes all of that back, waits until everything has come to its end, and checks what was promised. It owns
// the run and what is written of it: a table, torture.json, torture.svg and report.md. It fails where a promise was broken.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"tiffin/bench/city"
	"tiffin/bench/city/api"
	"tiffin/bench/city/books"
	"tiffin/bench/torture/cluster"
	"tiffin/bench/torture/history"
	"tiffin/bench/torture/nemesis"
	"tiffin/platform/run"
)

func main() { run.Main(torture) }

// flags say what to do.
type flags struct {
	bin, out                         string
	rate, factor, troubles, cards    float64
	duration, drain, most, skew      time.Duration
	patience                         time.Duration
	seed                             uint64
	restaurants, customers, couriers int
	atOnce, faultsAtOnce             int
}

func parsed() flags {
	var f flags
	flag.StringVar(&f.bin, "bin", "bin/torture", "where the programs of a cell are built to")
	flag.StringVar(&f.out, "out", ".artifacts/torture", "the folder for what is written of the run, the cell's data and its processes' logs")
	flag.Float64Var(&f.rate, "rate", 3, "orders a second")
	flag.Float64Var(&f.factor, "factor", 60, "how much faster than in life people and deadlines are")
	flag.Float64Var(&f.troubles, "troubles", 1, "how much goes wrong among people: 0 little, 1 for a third of all orders something")
	flag.Float64Var(&f.cards, "cards", 0.05, "the part of the card processor's requests and webhooks that goes wrong")
	flag.DurationVar(&f.duration, "for", 90*time.Second, "how long the nemesis is at work")
	flag.DurationVar(&f.drain, "drain", 0, "how long to wait for the last orders' ends; 0: as long as all deadlines together")
	flag.DurationVar(&f.most, "most", 0, "how long a fault lasts at most, some kinds twice as long; 0: 3 s")
	flag.DurationVar(&f.skew, "skew", 0, "how far a clock may be off; 0: 10 s")
	flag.DurationVar(&f.patience, "patience", 0, "how long it is waited after a round until all is well; 0: 30 s")
	flag.Uint64Var(&f.seed, "seed", 1, "decides every choice, of people and of the nemesis")
	flag.IntVar(&f.restaurants, "restaurants", 6, "how many restaurants the city has")
	flag.IntVar(&f.customers, "customers", 24, "how many customers it has")
	flag.IntVar(&f.couriers, "couriers", 32, "how many couriers it has")
	flag.IntVar(&f.atOnce, "at-once", 60, "how many orders may be open")
	flag.IntVar(&f.faultsAtOnce, "faults-at-once", 4, "how many faults may overlap")
	flag.Parse()
	return f
}

// startWithin is how long building and starting a cell may take.
const startWithin = 5 * time.Minute

func torture(ctx context.Context) (failed error) {
	f := parsed()
	if err := os.MkdirAll(f.out, 0o750); err != nil {
		return err
	}
	starting, cancel := context.WithTimeout(ctx, startWithin)
	defer cancel()
	if err := cluster.Build(starting, f.bin); err != nil {
		return err
	}
	cell, err := cluster.Start(starting, cluster.Options{Bin: f.bin, Dir: filepath.Join(f.out, "cell"), Factor: f.factor, Cards: f.cards})
	defer func() { failed = errors.Join(failed, cell.Close()) }()
	if err != nil {
		return err
	}
	if cell.NoDisks != "" {
		slog.WarnContext(ctx, "NO DISK WILL BE FILLED", "because", cell.NoDisks)
	}
	if err := cell.Found(starting, f.restaurants, f.customers, f.couriers); err != nil {
		return err
	}
	found, err := f.live(ctx, cell)
	if found == nil {
		return err
	}
	return errors.Join(err, found.write(f.out), found.verdict())
}

// live lets people live in the cell while the nemesis is at work, until everything has come to its end, and checks it.
func (f flags) live(ctx context.Context, cell *cluster.Cluster) (_ *result, failed error) {
	calls := filepath.Join(f.out, "history.ndjson")
	recorder, err := history.Create(calls)
	if err != nil {
		return nil, err
	}
	defer func() { failed = errors.Join(failed, recorder.Close()) }()
	habits := city.Gentle()
	if f.troubles > 0 {
		habits = city.Rough(f.troubles)
	}
	book := books.New(time.Now, 0)
	began := time.Now() // as near to the recorder's beginning as no picture shows
	people, err := city.Open(ctx, city.Options{
		URL: cell.URL, Rate: f.rate, AtOnce: f.atOnce, Factor: f.factor, Seed: f.seed, Habits: habits, Looks: 0.5, Book: book,
		Through: []api.Through{recorder.Transport},
	})
	if err != nil {
		return nil, err
	}
	living, home := context.WithCancel(context.WithoutCancel(ctx))
	defer home()
	gone := make(chan error, 1)
	go func() { gone <- people.Run(living) }()

	r := newResult(f, cell, began)
	n := nemesis.New(cell, nemesis.Options{Seed: f.seed, AtOnce: f.faultsAtOnce, Most: f.most, Skew: f.skew, Patience: f.patience})
	working, stop := context.WithTimeout(ctx, f.duration)
	n.Run(working)
	stop()
	r.Tortured = time.Since(began).Seconds()
	slog.InfoContext(ctx, "the nemesis is done", "faults", len(n.Done()), "orders", book.Placed())
	r.sum(n.Done())

	err = f.quiet(cell, people, book)
	home()
	select {
	case left := <-gone:
		err = errors.Join(err, left)
	case <-time.After(time.Minute):
		err = errors.Join(err, errors.New("the people did not go home"))
	}
	checking := time.Now()
	r.Drained = time.Since(began).Seconds() - r.Tortured
	r.Summary, r.Trouble = book.Summary(), people.Trouble()
	r.ended(cell)
	err = errors.Join(err, recorder.Close(), r.count(calls), r.check(cell, calls))
	r.Checked = time.Since(checking).Seconds()
	return r, err
}

// quiet waits until the cell is well, and the last orders have come to their ends; then it compares the card processor's own file
// with what people were told.
func (f flags) quiet(cell *cluster.Cluster, people *city.City, book *books.Book) error {
	patience := f.drain
	if patience == 0 {
		patience = time.Duration(float64(5*time.Hour)/f.factor) + 2*time.Minute
	}
	// Told to stop or not: what was ordered comes to its end.
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	err := cell.AwaitWell(ctx)
	people.Close()
	err = errors.Join(err, people.Quiet(ctx))
	book.Close()
	for {
		done, failed := books.Operations(cell.Ledger())
		if failed != nil {
			return errors.Join(err, fmt.Errorf("the card processor's file: %w", failed))
		}
		if books.Settled(done) || api.Pause(ctx, 100*time.Millisecond) != nil {
			book.Settle(done)
			return err
		}
	}
}
