package bff

import (
	"context"
	"fmt"
	"time"

	"tiffin/platform/position"
	"tiffin/platform/rest"
	"tiffin/platform/view"
)

// Heartbeat tells when a silent stream says that it lives, until stop is called.
type Heartbeat func() (beats <-chan time.Time, stop func())

const heartbeat = 15 * time.Second

// Beat is the heartbeat that pages expect: every 15 seconds.
func Beat() (<-chan time.Time, func()) {
	ticker := time.NewTicker(heartbeat)
	return ticker.C, ticker.Stop
}

// Stream follows one document of a view for one caller.
type Stream struct {
	View interface {
		Progress
		Watch(ctx context.Context, id string) (changes <-chan view.Notice, cancel func())
		Behind(ctx context.Context, id string) (bool, error)
	}
	// ID of the document.
	ID string
	// Heartbeat is Beat but for tests.
	Heartbeat Heartbeat
	// Document reads the document and sends it whole. at is the token that covers it. Stale is known once it has been read.
	Document func(ctx context.Context, at string, stale func() bool) error
	// Alive sends a message without a document.
	Alive func(ctx context.Context, at string, stale func() bool) error
	// Moved holds a notice when something changed that the document shows and the view does not know, such as where a courier
	// is; nil: there is nothing of that kind. What follows within the pause is said as one: Calm but for tests.
	Moved <-chan struct{}
	Pause func() <-chan time.Time
}

// Calm is the pause between changes that the view does not know: 2 seconds.
func Calm() <-chan time.Time { return time.After(2 * time.Second) }

// Run says at once how the document stands, and again after every change; several changes may be said as one. It ends with
// the caller, or with an error after which the caller resumes where it was.
func (s Stream) Run(ctx context.Context) error {
	seen, err := presented(ctx)
	if err != nil {
		return err
	}
	// Changes are listened to before the first look, so that none falls between.
	changes, cancel := s.View.Watch(ctx, s.ID)
	defer cancel()
	stale, err := s.View.WaitFor(ctx, seen)
	if err != nil {
		return fmt.Errorf("wait for the view: %w", err)
	}
	if err := report(ctx, seen.Merge(s.View.Seen()), stale); err != nil {
		return err
	}
	asked, behind := seen, false
	send := func(ctx context.Context) (err error) {
		applied := s.View.Seen() // before the document is read: the token may promise too little, never too much
		seen = seen.Merge(applied)
		stale = stale && !covers(applied, asked)
		if behind, err = s.View.Behind(ctx, s.ID); err != nil {
			return fmt.Errorf("ask what the document stands behind: %w", err)
		}
		noting, said := rest.Noting(ctx)
		err = s.Document(noting, seen.Encode(), func() bool {
			behind = behind || said()
			return stale || behind
		})
		if err != nil && said() { // there is no message to say it: what isn't found may be there later
			rest.Stale(ctx)
		}
		return err
	}
	if err := send(ctx); err != nil {
		return err
	}
	beats, stop := s.Heartbeat()
	defer stop()
	moved, calm := s.Moved, (<-chan time.Time)(nil)
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case change := <-changes:
			// Shown in the trace of what changed the document, not in that of this stream.
			pushing, span := change.Push(ctx)
			err := send(pushing)
			span.End()
			if err != nil {
				return err
			}
		case <-moved:
			if err := send(ctx); err != nil {
				return err
			}
			moved, calm = nil, s.Pause()
		case <-calm:
			moved, calm = s.Moved, nil
		case <-beats:
			if behind || stale { // nothing may tell of it when the document is as it should be again
				if err := send(ctx); err != nil {
					return err
				}
				continue
			}
			ctx, said := rest.Noting(ctx)
			if err := s.Alive(ctx, seen.Encode(), func() bool { return stale || behind || said() }); err != nil {
				return fmt.Errorf("say that the stream lives: %w", err)
			}
		}
	}
}

// covers looks only at the domains that the view reads: it never sees the others' sequences.
func covers(applied, asked position.Token) bool {
	for domain := range applied {
		if applied[domain] < asked[domain] {
			return false
		}
	}
	return true
}
