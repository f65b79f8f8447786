package city

import (
	"context"
	"sync"
)

// latest is the newest of something, for those who wait for it to change.
type latest[T any] struct {
	mu      sync.Mutex
	value   T
	changed chan struct{}
}

func newLatest[T any]() *latest[T] { return &latest[T]{changed: make(chan struct{})} }

func (l *latest[T]) put(value T) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.value = value
	close(l.changed)
	l.changed = make(chan struct{})
}

// get returns the newest, and what is closed when there is another.
func (l *latest[T]) get() (T, <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.value, l.changed
}

// await returns the first that is as wanted, or the context's error.
func (l *latest[T]) await(ctx context.Context, wanted func(T) bool) (T, error) {
	for {
		value, changed := l.get()
		if wanted(value) {
			return value, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return value, ctx.Err()
		}
	}
}

// while returns a context that ends when the newest is no longer as wanted.
func (l *latest[T]) while(ctx context.Context, wanted func(T) bool) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		defer cancel()
		_, _ = l.await(ctx, func(v T) bool { return !wanted(v) }) // the context's end is an end, too
	}()
	return ctx, cancel
}
