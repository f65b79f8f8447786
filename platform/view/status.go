package view

import (
	"context"
	"log/slog"
	"time"
)

// Status is how a view fares, as this replica knows it.
type Status struct {
	Name    string
	Version int
	// Position of the last event applied.
	Position uint64
	// Lag is how many events are still to be applied: as of the last batch, or of Options.LagEvery ago at most where none is
	// applied. While the log doesn't answer it stays as it was.
	Lag uint64
	// EventsPerSecond that this replica has applied of late.
	EventsPerSecond float64
	// CaughtUp: nothing is left to apply but what is parked.
	CaughtUp bool
	// Parked is how many documents stand behind faults, and Astray how many aggregates have events of which it isn't known
	// what they concern: then every answer is stale.
	Parked, Astray int
	// Blocked says what the view waits for; empty: nothing.
	Blocked string
	// Active: this replica is the one that applies.
	Active bool
}

// Status returns the view's status.
func (v *View[D]) Status() Status {
	v.mu.Lock()
	defer v.mu.Unlock()
	return Status{
		Name: v.spec.Name, Version: v.spec.Version, Position: v.at.Position, Lag: v.lag,
		EventsPerSecond: v.rate.at(time.Now()), CaughtUp: v.at.CaughtUp && v.lag == 0,
		Parked: v.at.Parked, Astray: len(v.at.Subjects), Blocked: v.blocked, Active: v.active,
	}
}

// Ready reports whether the view has caught up once. What is parked makes answers stale, not the view unready.
func (v *View[D]) Ready() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.ready
}

const rateWindow = 5 * time.Second

// rate counts events in windows; the last full window and the current one make the rate.
type rate struct {
	start       time.Time
	count, last int
}

func (r *rate) add(now time.Time, n int) {
	r.roll(now)
	r.count += n
}

func (r *rate) roll(now time.Time) {
	switch past := now.Sub(r.start); {
	case past >= 2*rateWindow:
		r.start, r.count, r.last = now, 0, 0
	case past >= rateWindow:
		r.start, r.last, r.count = r.start.Add(rateWindow), r.count, 0
	}
}

func (r *rate) at(now time.Time) float64 {
	r.roll(now)
	window := now.Sub(r.start)
	if r.last > 0 {
		window += rateWindow
	}
	return float64(r.last+r.count) / max(window, time.Second).Seconds()
}

const progressEvery = 3 * time.Second

// progressLog tells how a replay goes.
type progressLog struct {
	last    time.Time
	telling bool
}

func (p *progressLog) note(ctx context.Context, logger *slog.Logger, now time.Time, at progress, perSecond float64) {
	switch {
	case at.Pending == 0 && p.telling:
		p.telling = false
		logger.InfoContext(ctx, "caught up", "position", at.Position)
	case p.last.IsZero():
		p.last = now
	case at.Pending > 0 && now.Sub(p.last) >= progressEvery:
		p.last, p.telling = now, true
		logger.InfoContext(ctx, "replaying", "position", at.Position, "pending", at.Pending, "events_per_second", int(perSecond))
	}
}
