package gateway

import (
	"context"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"

	"tiffin/platform/due"
	"tiffin/platform/eventlog"
)

// task is an operation without an outcome.
type task[I any] struct {
	Operation[I]
	// called says that the provider may have been called for it: it is asked about first.
	called bool
	rest   *backoff.ExponentialBackOff
}

// tasks are the operations that the log has opened and not closed, as far as it was followed.
type tasks[I any] struct {
	queue            due.Queue[*task[I]]
	rest, restAtMost time.Duration

	mu       sync.Mutex
	open     map[string]*task[I]
	followed uint64
}

func newTasks[I any](followed uint64, rest, restAtMost time.Duration) *tasks[I] {
	return &tasks[I]{rest: rest, restAtMost: restAtMost, open: map[string]*task[I]{}, followed: followed}
}

// operationOf is what the event opens.
func operationOf[I any](e eventlog.Event, c Change[I]) Operation[I] {
	return Operation[I]{
		ID: c.Opens, Intent: c.Intent, Event: e.ID, Position: e.Position, Time: e.Time,
		CorrelationID: e.CorrelationID, Trace: e.Trace,
	}
}

func (t *tasks[I]) apply(e eventlog.Event, c Change[I], called bool) {
	t.close(c.Closes)
	t.mu.Lock()
	defer t.mu.Unlock()
	if c.Opens != "" {
		opened := &task[I]{called: called, Operation: operationOf(e, c)}
		t.open[c.Opens] = opened
		t.queue.Put(opened, time.Now())
	}
	t.followed = max(t.followed, e.Position)
}

// take waits for the next task that is due and still open.
func (t *tasks[I]) take(ctx context.Context) (*task[I], error) {
	for {
		next, err := t.queue.Take(ctx)
		if err != nil || t.isOpen(next) {
			return next, err
		}
	}
}

func (t *tasks[I]) isOpen(x *task[I]) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.open[x.ID] == x
}

// close forgets operations whose outcome is in the log.
func (t *tasks[I]) close(operations []Closed) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, closed := range operations {
		delete(t.open, closed.OperationID)
	}
}

// again puts a task back that failed, later each time.
func (t *tasks[I]) again(x *task[I]) {
	if x.rest == nil {
		x.rest = &backoff.ExponentialBackOff{
			InitialInterval: t.rest, MaxInterval: t.restAtMost, Multiplier: 2, RandomizationFactor: backoff.DefaultRandomizationFactor,
		}
		x.rest.Reset()
	}
	t.queue.Put(x, time.Now().Add(x.rest.NextBackOff()))
}

// done forgets a task whose outcome is recorded; the log says so itself a moment later.
func (t *tasks[I]) done(x *task[I]) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.open, x.ID)
}

// floor is the position up to which every operation has its outcome.
func (t *tasks[I]) floor() uint64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	floor := t.followed
	for _, x := range t.open {
		floor = min(floor, x.Position-1)
	}
	return floor
}

func (t *tasks[I]) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.open)
}
