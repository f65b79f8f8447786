package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"time"

	"tiffin/bench/city"
	"tiffin/bench/city/api"
	"tiffin/bench/city/books"
	"tiffin/bench/torture/history"
	"tiffin/platform/run"
)

func main() { run.Main(simulate) }

// flags say what to do.
type flags struct {
	url, binary, out, profiling, sync string
	history                           string
	rate, factor, faults, cards       float64
	looks                             float64
	duration, drain                   time.Duration
	seed                              uint64
	couriers, atOnce, kills           int
	monitor                           bool
}

func parsed() flags {
	var f flags
	flag.StringVar(&f.url, "url", "", "a system that runs; none: one is started on a folder of its own")
	flag.StringVar(&f.binary, "system", "bin/tiffin-local", "the built system, where one is started")
	flag.StringVar(&f.out, "out", ".artifacts/city", "the folder for city.json, city.svg and the system's data")
	flag.StringVar(&f.sync, "sync", "always", "the TIFFIN_SYNC of a system that is started: always tries the disk, lazy the processor")
	flag.StringVar(&f.profiling, "profiling", "", "the TIFFIN_PROFILING_ADDR of a system that is started")
	flag.StringVar(&f.history, "history", "", "a file for every call and its answer, to be checked afterwards")
	flag.Float64Var(&f.rate, "rate", 20, "orders a second")
	flag.Float64Var(&f.factor, "factor", 30, "how much faster than in life people and deadlines are; a running system's TIFFIN_TIME_FACTOR")
	flag.Float64Var(&f.faults, "faults", 1, "how much goes wrong: 0 little, 1 for a third of all orders something")
	flag.Float64Var(&f.cards, "cards", 0.05, "the part of the card processor's requests and webhooks that goes wrong, where a system is started")
	flag.Float64Var(&f.looks, "looks", 0.5, "the part of the customers who look again now and then, and don't follow live")
	flag.DurationVar(&f.duration, "for", 2*time.Minute, "how long people order; 0: until told to stop")
	flag.DurationVar(&f.drain, "drain", 0, "how long to wait for the last orders' ends; 0: as long as all deadlines together")
	flag.Uint64Var(&f.seed, "seed", 1, "decides every choice")
	flag.IntVar(&f.couriers, "couriers", 300, "how many couriers the city has, where a system is started")
	flag.IntVar(&f.atOnce, "at-once", 5000, "how many orders may be open")
	flag.IntVar(&f.kills, "kills", 0, "how often the system that is started is killed at a random moment, and started again")
	flag.BoolVar(&f.monitor, "monitor", false, "end with an error at the first invariant that is broken")
	flag.Parse()
	return f
}

func simulate(ctx context.Context) error {
	f := parsed()
	if err := os.MkdirAll(f.out, 0o750); err != nil {
		return err
	}
	subject := &subject{flags: f}
	if err := subject.start(ctx); err != nil {
		return err
	}
	found, err := f.live(ctx, subject)
	err = errors.Join(err, subject.stop())
	if found == nil {
		return err
	}
	return errors.Join(err, found.write(f.out), found.verdict())
}

// live lets people live there until they have ordered for long enough, and everything has come to its end.
func (f flags) live(ctx context.Context, s *subject) (_ *result, failed error) {
	keep := time.Hour
	if f.duration > 0 {
		keep = 0
	}
	habits := city.Gentle()
	if f.faults > 0 {
		habits = city.Rough(f.faults)
	}
	book := books.New(time.Now, keep)
	o := city.Options{
		URL: s.url, Rate: f.rate, AtOnce: f.atOnce, Factor: f.factor, Seed: f.seed, Habits: habits, Looks: f.looks, Book: book,
	}
	if f.history != "" {
		recorder, err := history.Create(f.history)
		if err != nil {
			return nil, err
		}
		defer func() { failed = errors.Join(failed, recorder.Close()) }()
		o.Through = []api.Through{recorder.Transport}
	}
	people, err := city.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	found := newResult(f, s.url)
	living, home := context.WithCancel(context.WithoutCancel(ctx))
	defer home()
	done := make(chan error, 1)
	go func() { done <- people.Run(living) }()
	sampling := make(chan struct{})
	go func() { defer close(sampling); found.sample(living, book) }()
	err = errors.Join(f.order(ctx, s, book, done), f.quiet(people, s, book))
	home()
	<-sampling
	select {
	case gone := <-done:
		err = errors.Join(err, gone)
	case <-time.After(time.Minute):
		err = errors.Join(err, errors.New("the people did not go home"))
	}
	found.Summary, found.Trouble, found.Kills = book.Summary(), people.Trouble(), s.killed
	return found, err
}

// order lets people order for the time that was asked for, or until told to stop.
func (f flags) order(ctx context.Context, s *subject, book *books.Book, done chan error) error {
	over := make(<-chan time.Time)
	if f.duration > 0 && f.kills == 0 {
		over = time.After(f.duration)
	}
	look := time.NewTicker(5 * time.Second)
	defer look.Stop()
	kill := s.moment()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-over:
			return nil
		case err := <-done:
			done <- nil
			return fmt.Errorf("the people are gone: %w", err)
		case <-kill:
			if err := s.crash(ctx); err != nil {
				return err
			}
			if kill = s.moment(); kill == nil {
				return nil
			}
		case <-look.C:
			now := book.Summary()
			slog.InfoContext(ctx, "the city lives",
				"placed", now.Placed, "open", len(now.Open), "violations", len(now.Violations), "killed", s.killed)
			if f.monitor && len(now.Violations) > 0 {
				return errors.New("an invariant is broken")
			}
		}
	}
}

// quiet waits for the last orders' ends, and counts then.
func (f flags) quiet(people *city.City, s *subject, book *books.Book) error {
	people.Close()
	patience := f.drain
	if patience == 0 {
		patience = time.Duration(float64(5*time.Hour)/f.factor) + 2*time.Minute
	}
	// Told to stop or not: what was ordered comes to its end.
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	err := people.Quiet(ctx)
	book.Close()
	return errors.Join(err, s.settle(ctx, book))
}
