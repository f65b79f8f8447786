package process

import (
	"context"
	"sync"
)

// watermark is the position up to which everything is done, where things are begun in order and done in any.
type watermark struct {
	mu   sync.Mutex
	open []uint64
	// left is how much is to be done for a position; what is done is not in it, however much stands open before.
	left map[uint64]int
	at   uint64
	// queued is the position up to which everything was put where it is done in order; moved is closed when that grows.
	queued uint64
	moved  chan struct{}
}

func newWatermark(at uint64) *watermark {
	return &watermark{at: at, left: map[uint64]int{}, queued: at, moved: make(chan struct{})}
}

// begin says how much is to be done for a position: later than all before.
func (w *watermark) begin(position uint64, parts int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.open = append(w.open, position)
	if parts > 0 {
		w.left[position] = parts
	}
	w.move()
}

// done says that one part of it is done.
func (w *watermark) done(position uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.left[position]--; w.left[position] == 0 {
		delete(w.left, position)
	}
	w.move()
}

func (w *watermark) move() {
	for len(w.open) > 0 && w.left[w.open[0]] == 0 {
		w.at, w.open = w.open[0], w.open[1:]
	}
}

func (w *watermark) position() uint64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

// queue says that everything up to a position stands in line.
func (w *watermark) queue(position uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.queued = position
	close(w.moved)
	w.moved = make(chan struct{})
}

// wait returns once everything up to a position stands in line, or with ctx's error.
func (w *watermark) wait(ctx context.Context, position uint64) error {
	for {
		w.mu.Lock()
		queued, moved := w.queued, w.moved
		w.mu.Unlock()
		if queued >= position {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-moved:
		}
	}
}
