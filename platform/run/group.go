package run

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Group is a process's parts. It stops them in the reverse of the order in which they started, each one before the next,
// so that a listener is closed before the projector behind it, and that before the server it reads from.
// A Group is used by one goroutine.
type Group struct {
	ctx     context.Context
	fail    context.CancelCauseFunc
	timeout time.Duration
	parts   []*part
}

type part struct {
	name string
	stop context.CancelFunc
	done chan struct{}
	err  error // written before done is closed
}

// NewGroup returns a group that stops when ctx ends or a part fails. Stopping takes no longer than the timeout.
func NewGroup(ctx context.Context, timeout time.Duration) *Group {
	ctx, fail := context.WithCancelCause(ctx)
	return &Group{ctx: ctx, fail: fail, timeout: timeout}
}

// StopWithin is how long a process may take to stop.
const StopWithin = 20 * time.Second

// Parts runs a process: start starts its parts, which go on until ctx ends or one of them fails, and stop within StopWithin.
// A start that fails, or is told to stop, stops what it has started.
func Parts(ctx context.Context, start func(*Group) error) error {
	g := NewGroup(ctx, StopWithin)
	err := start(g)
	if err != nil && (g.ctx.Err() == nil || !errors.Is(err, context.Canceled)) {
		return g.Stop(err)
	}
	return g.Wait()
}

// Context ends when the group begins to stop. Use it for what is done between two starts.
func (g *Group) Context() context.Context { return g.ctx }

// Go starts a part. Its context ends when it is this part's turn to stop, not before. An error stops the group; a part
// may also finish its work and return nil.
func (g *Group) Go(name string, work func(context.Context) error) {
	ctx, stop := context.WithCancel(context.WithoutCancel(g.ctx))
	p := &part{name: name, stop: stop, done: make(chan struct{})}
	g.parts = append(g.parts, p)
	go func() {
		defer close(p.done)
		err := work(ctx)
		if err == nil || (ctx.Err() != nil && errors.Is(err, context.Canceled)) {
			return
		}
		p.err = fmt.Errorf("%s: %w", name, err)
		g.fail(p.err)
	}()
}

// Close adds something that only needs to be closed when its turn comes.
func (g *Group) Close(name string, closeIt func() error) {
	g.Go(name, func(ctx context.Context) error {
		<-ctx.Done()
		return closeIt()
	})
}

// Wait returns when everything has stopped, or the time for that is over. It returns what went wrong; being told to stop
// is not an error.
func (g *Group) Wait() error {
	<-g.ctx.Done()
	return g.stop()
}

// Stop is for a start that failed half-way: it stops what runs already and returns the cause with whatever else broke.
func (g *Group) Stop(cause error) error {
	g.fail(cause)
	return errors.Join(cause, g.stop())
}

func (g *Group) stop() error {
	late := time.NewTimer(g.timeout)
	defer late.Stop()
	over := false
	var faults []error
	for i := len(g.parts) - 1; i >= 0; i-- {
		p := g.parts[i]
		p.stop()
		if !over {
			select {
			case <-p.done:
			case <-late.C:
				over = true
			}
		}
		select {
		case <-p.done:
			faults = append(faults, p.err)
		default:
			faults = append(faults, fmt.Errorf("%s did not stop within %s", p.name, g.timeout))
		}
	}
	return errors.Join(faults...)
}
