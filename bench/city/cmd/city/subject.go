package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"tiffin/bench/city/api"
	"tiffin/bench/city/books"
	"tiffin/bench/system"
	"tiffin/platform/run"
)

// subject is the system that people live in: one that runs, or one that is ours to start and to kill.
type subject struct {
	flags
	url    string
	ours   *system.Process
	killed int
	rand   *rand.Rand
}

func (s *subject) data() string { return filepath.Join(s.out, "data") }

func (s *subject) start(ctx context.Context) error {
	s.rand = rand.New(rand.NewPCG(s.seed, s.seed))
	if s.flags.url != "" {
		s.url = s.flags.url
		return nil
	}
	// Another city may live there.
	release, err := run.ClaimDir("-out", s.data())
	if err != nil {
		return err
	}
	if err := errors.Join(release(), os.RemoveAll(s.data()), os.RemoveAll(s.data()+".log")); err != nil {
		return err
	}
	return s.begin(ctx, system.Options{})
}

// begin starts the system at those addresses.
func (s *subject) begin(ctx context.Context, o system.Options) (err error) {
	o.Binary, o.DataDir = s.binary, s.data()
	o.Settings = []string{
		fmt.Sprintf("TIFFIN_TIME_FACTOR=%g", s.factor), fmt.Sprintf("TIFFIN_DEMO_COURIERS=%d", s.couriers),
		fmt.Sprintf("TIFFIN_SANDBOX_FAULTS=%g", s.cards), "TIFFIN_PROFILING_ADDR=" + s.profiling, "TIFFIN_SYNC=" + s.sync,
	}
	// It outlives being told to stop: what was ordered comes to its end first.
	s.ours, err = system.Start(context.WithoutCancel(ctx), o)
	if err == nil {
		s.url = s.ours.URL
	}
	return err
}

// crash kills the system, and starts it again on what it has left, at the same addresses.
func (s *subject) crash(ctx context.Context) error {
	o := system.Options{HTTPAddr: s.ours.HTTPAddr, GRPCAddr: s.ours.GRPCAddr}
	if err := s.ours.Kill(); err != nil {
		return err
	}
	s.killed++
	return s.begin(ctx, o)
}

// livesAtMost is how long the system lives before it is killed.
const livesAtMost = 8 * time.Second

// moment tells when to kill next; never, where that was often enough.
func (s *subject) moment() <-chan time.Time {
	if s.killed >= s.kills {
		return nil
	}
	return time.After(time.Duration(s.rand.Float64() * float64(livesAtMost)))
}

func (s *subject) stop() error {
	if s.ours == nil {
		return nil
	}
	return s.ours.Stop()
}

// settle compares the card processor's own file with what customers were told, when everything in it has come to its end.
func (s *subject) settle(ctx context.Context, book *books.Book) error {
	if s.ours == nil {
		return nil
	}
	for {
		done, err := books.Operations(filepath.Join(s.data(), "sandbox", "operations.jsonl"))
		if err != nil {
			return err
		}
		if books.Settled(done) || api.Pause(ctx, time.Second) != nil {
			book.Settle(done)
			return nil
		}
	}
}
