package process

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"
)

const (
	firstPause = 50 * time.Millisecond
	lastPause  = 5 * time.Second
	worthALine = time.Second
	// waiting bounds the work that could be done and is not: intake stops there.
	waiting = 4096
)

// lanes do work in order for a key, and at the same time for different keys. Work that fails is repeated until it
// succeeds; meanwhile it holds up its own key only.
type lanes struct {
	slots  chan struct{}
	logger *slog.Logger

	mu    sync.Mutex
	room  *sync.Cond
	byKey map[string]*lane
	// ready is how much work stands in lanes that are not pausing.
	ready int
	all   sync.WaitGroup
}

type lane struct {
	queue   []work
	pausing bool
}

type work func(context.Context) error

func newLanes(parallel int, logger *slog.Logger) *lanes {
	l := &lanes{slots: make(chan struct{}, parallel), logger: logger, byKey: map[string]*lane{}}
	l.room = sync.NewCond(&l.mu)
	return l
}

// add queues the work. It waits while there is too much, until ctx ends.
func (l *lanes) add(ctx context.Context, key string, w work) {
	stop := context.AfterFunc(ctx, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.room.Broadcast()
	})
	defer stop()
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.ready >= waiting && ctx.Err() == nil {
		l.room.Wait()
	}
	if ctx.Err() != nil {
		return
	}
	on, ok := l.byKey[key]
	if !ok {
		on = &lane{}
		l.byKey[key] = on
		l.all.Go(func() { l.run(ctx, key, on) })
	}
	on.queue = append(on.queue, w)
	if !on.pausing {
		l.ready++
	}
}

// wait returns when nothing runs any more; the context of what was added must have ended.
func (l *lanes) wait() { l.all.Wait() }

func (l *lanes) run(ctx context.Context, key string, on *lane) {
	for {
		l.mu.Lock()
		if len(on.queue) == 0 || ctx.Err() != nil {
			delete(l.byKey, key)
			l.mu.Unlock()
			return
		}
		w := on.queue[0]
		l.mu.Unlock()
		if !l.succeed(ctx, key, on, w) {
			continue
		}
		l.mu.Lock()
		on.queue = on.queue[1:]
		l.ready--
		l.room.Signal()
		l.mu.Unlock()
	}
}

// succeed repeats the work until it succeeds; false: ctx ended before.
func (l *lanes) succeed(ctx context.Context, key string, on *lane, w work) bool {
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		select {
		case l.slots <- struct{}{}:
		case <-ctx.Done():
			return false
		}
		err := w(ctx)
		<-l.slots
		switch {
		case err == nil:
			return true
		case ctx.Err() != nil:
			return false
		}
		if pause >= worthALine {
			l.logger.WarnContext(ctx, "trying again", "key", key, "in", pause, "error", err)
		}
		l.pause(on, true)
		over := time.NewTimer(pause/2 + rand.N(pause/2))
		select {
		case <-over.C:
		case <-ctx.Done():
			over.Stop()
		}
		l.pause(on, false)
	}
}

// pause keeps work that can't be done at the moment from holding up intake.
func (l *lanes) pause(on *lane, pausing bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	on.pausing = pausing
	if pausing {
		l.ready -= len(on.queue)
		l.room.Broadcast()
		return
	}
	l.ready += len(on.queue)
}
