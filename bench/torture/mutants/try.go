package mutants

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"time"

	"tiffin/bench/city"
	"tiffin/bench/city/api"
	"tiffin/bench/city/books"
	"tiffin/bench/torture/check"
	"tiffin/bench/torture/history"
)

// Options say how a mutant is tried. All are required.
type Options struct {
	// Folder for what is built and written, and Web the built frontends.
	Folder, Web string
	// Rate is how many orders a second there are, For how long people order, Drain how long the last orders may take to end in the
	// system as it is. One with a bug is not waited for that long: it need not come to an end.
	Rate       float64
	For, Drain time.Duration
	// Factor by which people and deadlines are faster than in life.
	Factor float64
	Seed   uint64
	Logger *slog.Logger
}

// Result is what came of a try.
type Result struct {
	Mutant Mutant
	Report check.Report
	// By is the rule that found the bug; empty: it was not found.
	By string
	// Drained: every order came to its end.
	Drained bool
	Took    time.Duration
}

const (
	// repeated is the part of the commands that is sent twice.
	repeated = 0.2
	// drainOfMutant is how long the last orders may take in a system with a bug.
	drainOfMutant = 12 * time.Second
)

// Try builds the system with the bug, lets people live in it, kills it as often as the bug wants, and has it checked.
func Try(ctx context.Context, m Mutant, o Options) (result Result, err error) {
	began := time.Now()
	folder := filepath.Join(o.Folder, m.Name)
	binary, err := m.build(ctx, folder)
	if err != nil {
		return result, err
	}
	s, err := begin(ctx, binary, folder, o)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, s.end()) }()
	path := filepath.Join(folder, "history.ndjson")
	result.Mutant = m
	if result.Drained, err = live(ctx, s, m, path, o); err != nil {
		return result, err
	}
	// In the sandbox's pending card, and in an acceptance that is recorded late, there is some seconds' work left.
	const patience = 15 * time.Second
	result.Report, err = check.Run(ctx, check.Input{
		History: path, MongoDBURI: s.uri(), DataDir: s.data, Ledger: check.File(filepath.Join(s.data, "sandbox", "operations.jsonl")),
		Patience: patience, Logger: o.Logger,
	})
	if err != nil {
		return result, fmt.Errorf("mutant %s can't be checked: %w", m.Name, err)
	}
	for _, rule := range result.Report.Found() {
		if slices.Contains(m.Rules, rule) {
			result.By = rule
			break
		}
	}
	result.Took = time.Since(began)
	return result, nil
}

// live lets people live there, until they have ordered for long enough and all has come to its end, or not.
func live(ctx context.Context, s *subject, m Mutant, path string, o Options) (drained bool, err error) {
	recorder, err := history.Create(path)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, recorder.Close()) }()
	people, err := city.Open(ctx, city.Options{
		URL: s.process.URL, Rate: o.Rate, AtOnce: couriers, Factor: o.Factor, Seed: o.Seed, Habits: city.Rough(roughness), Looks: 0.5,
		Book: books.New(time.Now, 0), Logger: o.Logger,
		Through: []api.Through{
			recorder.Transport,
			func(base http.RoundTripper) http.RoundTripper { return history.Repeating(base, repeated, o.Seed) },
		},
	})
	if err != nil {
		return false, err
	}
	living, home := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- people.Run(living) }()
	defer func() {
		home()
		err = errors.Join(err, <-done)
	}()
	for range m.Kills {
		if err := api.Pause(ctx, o.For/time.Duration(m.Kills+1)); err != nil {
			return false, err
		}
		if err := s.crash(ctx, m.Forgets); err != nil {
			return false, err
		}
	}
	if err := api.Pause(ctx, o.For/time.Duration(m.Kills+1)); err != nil {
		return false, err
	}
	people.Close()
	patience := o.Drain
	if len(m.Rules) > 0 {
		patience = min(patience, drainOfMutant)
	}
	patient, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return people.Quiet(patient) == nil, ctx.Err()
}
