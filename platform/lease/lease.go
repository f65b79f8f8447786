package lease

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/oklog/ulid/v2"
)

// Options of a lease. Bucket and Key are required; the rest has useful zero values.
type Options struct {
	Bucket jetstream.KeyValue
	Key    string
	// Silence is how long a holder may be silent before another takes over; 5 s where none is given.
	Silence time.Duration
	Logger  *slog.Logger
}

const defaultSilence = 5 * time.Second

// ErrLost ends the work of a holder that another has followed, or that can't tell any more.
var ErrLost = errors.New("the lease was lost")

// record is the entry in the bucket. Each write is guarded by the revision that it was decided on, so that holding, beating
// and moving are one step; no clock is compared between machines.
type record struct {
	// Holder is empty when the last one has gone in peace.
	Holder   string `json:"holder"`
	Position uint64 `json:"position"`
}

// Lease is held by the work that it was given to.
type Lease struct {
	o  Options
	id string

	mu       sync.Mutex
	position uint64
	revision uint64
}

// Run waits until this process holds the lease and calls work, whose context ends with ErrLost as its cause when the lease
// is lost; then it waits again. It returns what work returns otherwise, or when ctx ends.
func Run(ctx context.Context, o Options, work func(context.Context, *Lease) error) error {
	if o.Silence <= 0 {
		o.Silence = defaultSilence
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	for {
		l, err := acquire(ctx, o)
		if err != nil {
			return err
		}
		o.Logger.DebugContext(ctx, "lease taken", "key", o.Key, "position", l.position)
		held, lost := context.WithCancelCause(ctx)
		beating := make(chan struct{})
		go func() {
			defer close(beating)
			l.beat(held, lost)
		}()
		err = work(held, l)
		gone := errors.Is(context.Cause(held), ErrLost)
		lost(nil)
		<-beating
		switch {
		case gone && ctx.Err() == nil:
			o.Logger.WarnContext(ctx, "lease lost", "key", o.Key, "error", err)
		case gone:
			return ctx.Err()
		default:
			l.release(ctx)
			return err
		}
	}
}

// Position is how far the work got, this holder's and its predecessors'.
func (l *Lease) Position() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.position
}

// Move says how far the work got. ErrLost means that it is no longer this holder's to say.
func (l *Lease) Move(ctx context.Context, position uint64) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.write(ctx, record{Holder: l.id, Position: position}); err != nil {
		return err
	}
	l.position = position
	return nil
}

// beat shows that this holder lives. One that could not for half of what is called silence gives up before another dares.
func (l *Lease) beat(ctx context.Context, lost context.CancelCauseFunc) {
	last := time.Now()
	for pause(ctx, l.o.Silence/8) == nil {
		try, cancel := context.WithTimeout(ctx, l.o.Silence/4)
		l.mu.Lock()
		err := l.write(try, record{Holder: l.id, Position: l.position})
		l.mu.Unlock()
		cancel()
		switch {
		case err == nil:
			last = time.Now()
		case errors.Is(err, ErrLost), time.Since(last) > l.o.Silence/2:
			lost(fmt.Errorf("%w: %w", ErrLost, err))
			return
		}
	}
}

// release lets a successor start without waiting for silence. It is only a courtesy, so what goes wrong is not told.
func (l *Lease) release(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.o.Silence/2)
	defer cancel()
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.write(ctx, record{Position: l.position}); err != nil {
		l.o.Logger.WarnContext(ctx, "lease not released; a successor waits", "key", l.o.Key, "error", err)
	}
}

// write replaces the entry if it is still as this holder left it. A write that ended unknown may have been done: then the
// next one finds the holder's own id there.
func (l *Lease) write(ctx context.Context, r record) error {
	value, err := json.Marshal(r)
	if err != nil {
		return err
	}
	revision, err := l.o.Bucket.Update(ctx, l.o.Key, value, l.revision)
	if conflict(err) {
		entry, getErr := l.o.Bucket.Get(ctx, l.o.Key)
		if getErr != nil {
			return getErr
		}
		var found record
		if err := json.Unmarshal(entry.Value(), &found); err != nil || found.Holder != l.id {
			return ErrLost
		}
		revision, err = l.o.Bucket.Update(ctx, l.o.Key, value, entry.Revision())
	}
	if conflict(err) {
		return ErrLost
	}
	if err == nil {
		l.revision = revision
	}
	return err
}

func conflict(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence ||
		errors.Is(err, jetstream.ErrKeyExists)
}

// acquire waits until the entry is free, or was silent for long enough.
func acquire(ctx context.Context, o Options) (*Lease, error) {
	var seen uint64
	for {
		l, revision, err := try(ctx, o, seen)
		if l != nil {
			return l, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			o.Logger.WarnContext(ctx, "waiting for the lease", "key", o.Key, "error", err)
		}
		seen = revision
		if err := pause(ctx, o.Silence); err != nil {
			return nil, err
		}
	}
}

// try takes the entry where nobody holds it, or where it is still as it was seen before. Otherwise it returns what it saw.
func try(ctx context.Context, o Options, seen uint64) (*Lease, uint64, error) {
	l := &Lease{o: o, id: ulid.Make().String()}
	entry, err := o.Bucket.Get(ctx, o.Key)
	var found record
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound):
	case err != nil:
		return nil, seen, err
	default:
		if err := json.Unmarshal(entry.Value(), &found); err != nil {
			return nil, seen, fmt.Errorf("lease %s: %w", o.Key, err)
		}
		if found.Holder != "" && entry.Revision() != seen {
			return nil, entry.Revision(), nil
		}
		l.revision = entry.Revision()
	}
	l.position = found.Position
	if err := l.write(ctx, record{Holder: l.id, Position: l.position}); err != nil {
		return nil, seen, err
	}
	return l, l.revision, nil
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
