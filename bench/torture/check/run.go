package check

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"tiffin/bench/torture/history"
	"tiffin/ctl/connect"
	"tiffin/ctl/facts"
	"tiffin/platform/eventlog"
)

// Input is what is judged.
type Input struct {
	// History is the file of what was asked and answered; empty: nothing is known of that.
	History string
	// NATSURL and MongoDBURI are where log and views are, DataDir where the system has its lake. Where a process runs that embeds
	// its servers, DataDir alone leads to them.
	NATSURL, MongoDBURI, DataDir string
	// Ledger is the card processor's own; nil: nothing is known of that.
	Ledger Ledger
	// Patience is how long processes may still take to end; 1 minute where none is given.
	Patience time.Duration
	Logger   *slog.Logger
}

const (
	defaultPatience = time.Minute
	lookAgain       = time.Second
)

// Run judges. It returns an error where it can't; what is broken is in the report.
func Run(ctx context.Context, in Input) (Report, error) {
	if in.Patience <= 0 {
		in.Patience = defaultPatience
	}
	if in.Logger == nil {
		in.Logger = slog.Default()
	}
	c := connect.Connector{Logger: in.Logger}
	for name, value := range map[string]string{
		"TIFFIN_NATS_URL": in.NATSURL, "TIFFIN_MONGODB_URI": in.MongoDBURI, "TIFFIN_DATA_DIR": in.DataDir,
	} {
		if value != "" {
			c.Environ = append(c.Environ, name+"="+value)
		}
	}
	hub, err := c.Hub(ctx, true)
	if err != nil {
		return Report{}, err
	}
	defer hub.Close()
	if err := in.settle(ctx, hub.Log); err != nil {
		return Report{}, err
	}
	var r Report
	if err := in.judge(ctx, hub.Log, &r); err != nil {
		return r, err
	}
	return r, errors.Join(parked(ctx, hub, &r), rebuilt(ctx, c, &r))
}

// judge holds log, history and ledger against the rules.
func (in Input) judge(ctx context.Context, log *eventlog.Log, r *Report) error {
	all := rules()
	if in.Ledger != nil {
		ledger, err := in.Ledger(ctx)
		if err != nil {
			return err
		}
		all = append(all, newBalance(ledger))
	}
	err := each(ctx, log, func(e eventlog.Event) {
		r.Events++
		for _, rule := range all {
			rule.event(e, r.broken)
		}
	})
	if err != nil {
		return err
	}
	if err := in.calls(all, r); err != nil {
		return err
	}
	for _, rule := range all {
		rule.end(r.broken)
		switch rule := rule.(type) {
		case *once:
			rule.count(r)
		case *balance:
			r.Payments = rule.count()
		}
	}
	return nil
}

func (in Input) calls(all []rule, r *Report) error {
	if in.History == "" {
		return nil
	}
	for c, err := range history.Read(in.History) {
		if err != nil {
			return err
		}
		switch c.Kind {
		case history.Query:
			r.Queries++
		case history.Notice:
			r.Notices++
		case history.Command:
		}
		if c.Stale {
			r.Stale++
		}
		for _, rule := range all {
			rule.call(c, r.broken)
		}
	}
	return nil
}

// settle waits until every process has ended, or for long enough: an acceptance from which nothing follows is recorded late.
func (in Input) settle(ctx context.Context, log *eventlog.Log) error {
	patient, cancel := context.WithTimeout(ctx, in.Patience)
	defer cancel()
	for {
		goesOn, p := false, newProcesses()
		if err := each(ctx, log, func(e eventlog.Event) { p.event(e, func(string, string, string, ...any) {}) }); err != nil {
			return err
		}
		p.end(func(string, string, string, ...any) { goesOn = true })
		if !goesOn {
			return nil
		}
		select {
		case <-patient.Done():
			return ctx.Err()
		case <-time.After(lookAgain):
		}
	}
}

var errRead = errors.New("it was read to its end")

// each calls do with every event of the log, in order.
func each(ctx context.Context, log *eventlog.Log, do func(eventlog.Event)) error {
	domains := facts.Domains()
	last, err := log.LastPosition(ctx, domains...)
	if err != nil || last == 0 {
		return err
	}
	err = log.Follow(ctx, eventlog.FollowOptions{Domains: domains, Personal: eventlog.OpenedBeside},
		func(_ context.Context, b eventlog.Batch) error {
			for _, e := range b.Events {
				do(e)
			}
			if n := len(b.Events); n > 0 && b.Events[n-1].Position >= last {
				return errRead
			}
			return nil
		})
	if errors.Is(err, errRead) {
		return nil
	}
	return fmt.Errorf("read the log: %w", err)
}
