package replica

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"google.golang.org/protobuf/proto"

	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
)

// What keeps Of from answering.
var (
	// ErrNotReady: the log has not been read to its end yet.
	ErrNotReady = errors.New("the log is still being read")
	// ErrBehind: an event of the aggregate could not be folded, so what it is now isn't known.
	ErrBehind = errors.New("the aggregate stands behind a fault")
)

// Options of a replica.
type Options struct {
	// Faults is where events are parked that can't be folded; without it Run fails on the first.
	Faults *fault.Store
	Logger *slog.Logger
}

// Replica is safe for concurrent use.
type Replica[S any] struct {
	spec  Spec[S]
	log   *eventlog.Log
	o     Options
	ready chan struct{}
	// turn is held by who folds: the log's follower, and who was asked to fold again.
	turn sync.Mutex
	// replays are those that are in what is known.
	replays fault.Replays

	mu       sync.RWMutex
	known    map[string]aggregate[S]
	position uint64
}

// aggregate is what is known of one.
type aggregate[S any] struct {
	state S
	// subject of its events, and the first and last of those that are parked; from is 0 where none is.
	subject  string
	from, to uint64
}

// New returns a replica that knows nothing until Run has followed the log.
func New[S any](log *eventlog.Log, s Spec[S], o Options) *Replica[S] {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	o.Logger = o.Logger.With("replica", s.consumer().String())
	return &Replica[S]{spec: s, log: log, o: o, ready: make(chan struct{}), known: map[string]aggregate[S]{}}
}

// Run follows the log, from its start or from where an earlier Run ended, until ctx ends, whose error it returns. It fails on a
// spec that lacks something, and where it can't be observed.
func (r *Replica[S]) Run(ctx context.Context) error {
	if err := r.spec.validate(); err != nil {
		return err
	}
	forget, err := r.o.Faults.Observe(r.spec.consumer)
	if err != nil {
		return err
	}
	defer forget()
	if err := r.askedBefore(ctx); err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		return r.log.Follow(ctx, eventlog.FollowOptions{
			After: r.Position(), Domains: []proto.Message{r.spec.Domain}, Personal: r.spec.Personal,
		}, r.handle)
	})
	g.Go(func() error { return r.serve(ctx) })
	g.Go(func() error { return r.serveReplays(ctx) })
	return g.Wait()
}

// Ready reports whether the replica has caught up once.
func (r *Replica[S]) Ready() bool {
	select {
	case <-r.ready:
		return true
	default:
		return false
	}
}

// Await returns when the replica has caught up once, or the context's error.
func (r *Replica[S]) Await(ctx context.Context) error {
	select {
	case <-r.ready:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Position is how far into the log the replica has come.
func (r *Replica[S]) Position() uint64 {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.position
}

// Of returns what is known of an aggregate, the zero value for one that nobody has heard of. It returns ErrNotReady or
// ErrBehind where what it is isn't known.
func (r *Replica[S]) Of(id string) (s S, err error) {
	if !r.Ready() {
		return s, ErrNotReady
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	a := r.known[id]
	if a.from > 0 {
		return s, ErrBehind
	}
	return a.state, nil
}

// Each calls do with all aggregates of which it is known what they are. It must not call the replica.
func (r *Replica[S]) Each(do func(id string, s S)) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for id, a := range r.known {
		if a.from == 0 {
			do(id, a.state)
		}
	}
}

const (
	firstPause = 50 * time.Millisecond
	lastPause  = 5 * time.Second
)

// retry repeats what fails until it succeeds or ctx ends.
func (r *Replica[S]) retry(ctx context.Context, what string, do func() error) error {
	for wait := firstPause; ; wait = min(2*wait, lastPause) {
		err := do()
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r.o.Logger.WarnContext(ctx, "trying again", "to", what, "in", wait, "error", err)
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		}
	}
}
