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

	"tiffin/platform/pause"
)

// Options of a lease. Bucket and Key are required; the rest has useful zero values.
type Options struct {
	Bucket jetstream.KeyValue
	Key    string
	// Silence is how long a holder may be silent before another takes over; 5 s where none is given.
	Silence time.Duration
	// Elsewhere is called each time that another holder is seen to live.
	Elsewhere func()
	Logger    *slog.Logger
}

const defaultSilence = 5 * time.Second

// ErrLost ends the work of a holder that another has followed, or that can't tell any more.
var ErrLost = errors.New("the lease was lost")

// record is the entry in the bucket. Each write is guarded by the revision that it was decided on, so that holding, beating
// and moving are one step; no clock is compared between machines.
type record[P any] struct {
	// Holder is empty when the last one has gone in peace.
	Holder   string `json:"holder"`
	Position P      `json:"position"`
}

// Lease is held by the work that it was given to. P is how far work got, such as a position in the log; its zero value is
// nowhere.
type Lease[P any] struct {
	o  Options
	id string

	mu       sync.Mutex
	position P
	revision uint64
}

// Run waits until this process holds the lease and calls work, whose context ends with ErrLost as its cause when the lease
// is lost; then it waits again. It returns what work returns otherwise, or when ctx ends.
func Run[P any](ctx context.Context, o Options, work func(context.Context, *Lease[P]) error) error {
	if o.Silence <= 0 {
		o.Silence = defaultSilence
	}
	if o.Elsewhere == nil {
		o.Elsewhere = func() {}
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	id := ulid.Make().String()
	for {
		l, err := acquire[P](ctx, o, id)
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
		gone := errors.Is(context.Cause(held), ErrLost) || errors.Is(err, ErrLost)
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
func (l *Lease[P]) Position() P {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.position
}

// Move says how far the work got. ErrLost means that it is no longer this holder's to say.
func (l *Lease[P]) Move(ctx context.Context, position P) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.write(ctx, record[P]{Holder: l.id, Position: position}); err != nil {
		return err
	}
	l.position = position
	return nil
}

// beat shows that this holder lives. One that could not for half of what is called silence gives up before another dares.
func (l *Lease[P]) beat(ctx context.Context, lost context.CancelCauseFunc) {
	last := time.Now()
	for pause.For(ctx, l.o.Silence/8) == nil {
		try, cancel := context.WithTimeout(ctx, l.o.Silence/4)
		l.mu.Lock()
		err := l.write(try, record[P]{Holder: l.id, Position: l.position})
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
func (l *Lease[P]) release(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.o.Silence/2)
	defer cancel()
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.write(ctx, record[P]{Position: l.position}); err != nil {
		l.o.Logger.WarnContext(ctx, "lease not released; a successor waits", "key", l.o.Key, "error", err)
	}
}

// write replaces the entry if it is still as this holder left it. A write that ended unknown may have been done: then the
// next one finds the holder's own id there.
func (l *Lease[P]) write(ctx context.Context, r record[P]) error {
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
		var found record[P]
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

// A replicated stream tells a conflict by a code of its own.
const wrongLastSequenceInFlight = 10164

func conflict(err error) bool {
	var api *jetstream.APIError
	return errors.Is(err, jetstream.ErrKeyExists) || errors.As(err, &api) &&
		(api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence || api.ErrorCode == wrongLastSequenceInFlight)
}

// acquire waits until the entry is free, or was silent for long enough.
func acquire[P any](ctx context.Context, o Options, id string) (*Lease[P], error) {
	var seen uint64
	silentSince := time.Now()
	for {
		asked := time.Now() // before reading, so that a slow answer counts as silence seen, never as life missed
		l, free, err := read[P](ctx, o, id)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil: // nothing is known of the holder meanwhile, so its silence starts anew
			silentSince = time.Now()
		case l.revision > seen: // a replica may answer with an older one, which is no sign of life
			if seen > 0 && !free {
				o.Elsewhere()
			}
			seen, silentSince = l.revision, asked
		}
		if err == nil && (free || time.Since(silentSince) > o.Silence) {
			if err = l.write(ctx, record[P]{Holder: l.id, Position: l.position}); err == nil {
				return l, nil
			}
		}
		if err != nil && !errors.Is(err, ErrLost) {
			o.Logger.WarnContext(ctx, "waiting for the lease", "key", o.Key, "error", err)
		}
		if err := pause.For(ctx, o.Silence/4); err != nil {
			return nil, err
		}
	}
}

// read returns the lease as a new holder would take it over, and whether nobody else holds it: one that could not beat for a
// while may be the last holder itself.
func read[P any](ctx context.Context, o Options, id string) (l *Lease[P], free bool, err error) {
	l = &Lease[P]{o: o, id: id}
	entry, err := o.Bucket.Get(ctx, o.Key)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return l, true, nil // with revision 0 the writing passes only where there still is none
	}
	if err != nil {
		return nil, false, err
	}
	var found record[P]
	if err := json.Unmarshal(entry.Value(), &found); err != nil {
		return nil, false, fmt.Errorf("lease %s: %w", o.Key, err)
	}
	l.position, l.revision = found.Position, entry.Revision()
	return l, found.Holder == "" || found.Holder == id, nil
}
