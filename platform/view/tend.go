package view

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"tiffin/platform/pause"
)

// tenant looks after the generations of a version while this process applies it: builds what is to be built, does what is
// asked for, and clears away what nobody reads. It is used by one goroutine.
type tenant[D any] struct {
	v    *View[D]
	live *applier[D]
	held generations
	// end ends the work on the generation that is served.
	end context.CancelCauseFunc
	// built holds how the building ended, ended is closed by then, and stop ends it; all are nil while nothing is built.
	built chan error
	ended chan struct{}
	stop  context.CancelFunc
	// seen is what was seen last of whatever may be of no use any more.
	seen map[string]sign
}

// tend does so until ctx ends.
func (v *View[D]) tend(ctx context.Context, t *tenant[D]) {
	t.seen = map[string]sign{}
	defer t.halt()
	asked, done := make(chan ask), make(chan struct{})
	go func() {
		defer close(done)
		v.listenToAsks(ctx, asked)
	}()
	defer func() { <-done }()
	tick := time.NewTicker(max(min(v.o.Grace/8, time.Minute), time.Millisecond))
	defer tick.Stop()
	t.build(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case a := <-asked:
			err := t.do(ctx, a.action, a.revision)
			a.answer <- err                // the channel has room for it
			if errors.Is(err, errFenced) { // whoever leads next is asked again, be it this process
				t.end(errFenced)
			}
		case err := <-t.built:
			t.halt()
			if errors.Is(err, errSwitched) || ctx.Err() != nil {
				return
			}
			v.logger.WarnContext(ctx, "building again", "generation", t.held.Next.Number, "in", lastPause/4, "error", err)
			v.change(func() { v.building.blocked = err.Error() })
			if pause.For(ctx, lastPause/4) != nil || t.refresh(ctx) != nil {
				return // ctx ends, or this process's lease has ended, which others notice
			}
			t.build(ctx)
		case <-tick.C:
			if err := t.clear(ctx); err != nil && ctx.Err() == nil {
				v.logger.WarnContext(ctx, "can't clear away what nobody reads", "error", err)
			}
		}
	}
}

// build starts to build what is to be built.
func (t *tenant[D]) build(ctx context.Context) {
	next := t.held.Next
	if next == nil || next.Stopped {
		return
	}
	ctx, stop := context.WithCancel(ctx)
	built, ended := make(chan error, 1), make(chan struct{})
	t.built, t.ended, t.stop = built, ended, stop
	b := t.v.newBuilder(t.live, t.held, t.end)
	go func() {
		defer close(ended)
		defer stop()
		built <- b.run(ctx)
	}()
}

// halt stops building.
func (t *tenant[D]) halt() {
	if t.stop == nil {
		return
	}
	t.stop()
	<-t.ended
	t.built, t.ended, t.stop = nil, nil, nil
}

// What may be asked for.
const (
	// Rebuild builds a new generation beside the one that is served, or goes on with one that was stopped.
	Rebuild Action = "rebuild"
	// Stop stops building; what was built stays until Rebuild or Back.
	Stop Action = "stop"
	// Back gives up what is being built. Where nothing is, it goes back to what was served before the last rebuild.
	Back Action = "back"
)

// Action is what is asked of a view.
type Action string

// do does what is asked for. It returns *Refused where that can't be done, and does nothing where that was the last that it has done.
func (t *tenant[D]) do(ctx context.Context, action Action, revision uint64) error {
	t.halt()
	defer t.build(ctx)
	return t.decide(ctx, action, revision)
}

func (t *tenant[D]) decide(ctx context.Context, action Action, revision uint64) error {
	if err := t.refresh(ctx); err != nil {
		return err
	}
	g := t.held
	if g.Asked == revision {
		return nil
	}
	g.Kept, g.Asked = slices.Clone(g.Kept), revision
	switch action {
	case Rebuild:
		if g.Next == nil {
			g.Next = &generation{Number: g.last() + 1}
		}
		g.Next = g.Next.stopped(false)
	case Stop:
		if g.Next == nil {
			return &Refused{"nothing is being built"}
		}
		g.Next = g.Next.stopped(true)
	case Back:
		switch last := len(g.Kept) - 1; {
		case g.Next != nil && g.Next.Served:
			g.Kept, g.Next = append(g.Kept, *g.Next), nil
		case g.Next != nil:
			g.Last, g.Next = g.last(), nil
		case last >= 0:
			g.Next, g.Kept = g.Kept[last].stopped(false), g.Kept[:last]
		default:
			return &Refused{"nothing is being built, and nothing is kept of before the last rebuild"}
		}
	default:
		return &Refused{fmt.Sprintf("%q is nothing that a view can do", action)}
	}
	if err := t.plan(ctx, g); err != nil {
		return err
	}
	t.v.logger.InfoContext(ctx, "does what was asked for", "action", action, "generations", g.String())
	return nil
}

func (g generation) stopped(so bool) *generation {
	g.Stopped = so
	g.Progress.CaughtUp = false
	return &g
}

func (g generations) String() string {
	next := "none"
	if g.Next != nil {
		next = strconv.Itoa(g.Next.Number)
	}
	var kept []int
	for _, k := range g.Kept {
		kept = append(kept, k.Number)
	}
	return fmt.Sprintf("%d, next %s, kept %v", g.live(), next, kept)
}

// plan writes down which generations there are to be.
func (t *tenant[D]) plan(ctx context.Context, g generations) error {
	err := t.v.retry(ctx, "plan generations", func() error { return t.v.lease.plan(ctx, t.live.epoch, g) })
	if err == nil {
		t.held = g
		t.v.change(func() { t.v.building = buildingOf(g) })
	}
	return err
}

// refresh reads how far the builder has come, which is the only other one to write that.
func (t *tenant[D]) refresh(ctx context.Context) error {
	return t.v.retry(ctx, "read the checkpoint", func() error {
		c, err := t.v.lease.read(ctx)
		if err == nil {
			err = t.v.lease.held(c.Epoch == t.live.epoch && c.Generations.live() == t.held.live(), nil)
		}
		if err == nil {
			t.held = c.Generations
		}
		return err
	})
}
