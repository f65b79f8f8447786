package view

import (
	"context"
	"fmt"
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
	// Generation is the one that is served.
	Generation int
	// Build is how far that is which is not served yet: the version itself, until it has caught up once, or, where this replica
	// is the one that applies, the generation that is being built beside it; nil: there is nothing of the kind.
	Build *Build
}

// Build is how far a generation is before it is served.
type Build struct {
	Generation int
	// Done is how many events were applied, and ToDo how many are still to be.
	Done, ToDo      uint64
	EventsPerSecond float64
	// Stopped: somebody asked for that.
	Stopped bool
	// Blocked says what it waits for; empty: nothing.
	Blocked string
}

// Left is how long it will take, as it goes of late; 0: nobody knows.
func (b Build) Left() time.Duration {
	if b.EventsPerSecond < 1 {
		return 0
	}
	return time.Duration(float64(b.ToDo) / b.EventsPerSecond * float64(time.Second))
}

// String is how far it is, in words.
func (b Build) String() string {
	all := b.Done + b.ToDo
	text := fmt.Sprintf("building generation %d: %d of %d events", b.Generation, b.Done, all)
	if all > 0 {
		text += fmt.Sprintf(" (%d %%)", b.Done*100/all)
	}
	switch {
	case b.Stopped:
		return text + ", stopped"
	case b.Blocked != "":
		return text + ", " + b.Blocked
	case b.Left() > 0:
		text += fmt.Sprintf(", %.0f a second, %s left", b.EventsPerSecond, max(b.Left().Round(time.Second), time.Second))
	}
	return text
}

// Status returns the view's status.
func (v *View[D]) Status() Status {
	v.mu.Lock()
	defer v.mu.Unlock()
	return Status{
		Name: v.spec.Name, Version: v.spec.Version, Position: v.at.Position, Lag: v.lag,
		EventsPerSecond: v.rate.at(time.Now()), CaughtUp: v.at.CaughtUp && v.lag == 0,
		Parked: v.at.Parked, Astray: len(v.at.Subjects), Blocked: v.blocked, Active: v.active,
		Generation: v.generation, Build: v.build(time.Now()),
	}
}

// build is how far that is which is not served yet. The lock is held.
func (v *View[D]) build(now time.Time) *Build {
	switch b := v.building; {
	case !v.ready && v.total > 0:
		return &Build{
			Generation: v.generation, Done: v.total - min(v.total, v.lag), ToDo: v.lag, EventsPerSecond: v.rate.at(now), Blocked: v.blocked,
		}
	case v.ready && b != nil:
		return &Build{
			Generation: b.number, Done: b.done, ToDo: b.todo, EventsPerSecond: b.rate.at(now), Stopped: b.stopped, Blocked: b.blocked,
		}
	default:
		return nil
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
