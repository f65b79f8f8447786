package process

import "sync"

// watermark is the position up to which everything is done, where things are begun in order and done in any.
type watermark struct {
	mu   sync.Mutex
	open []uint64
	// left is how much is to be done for a position; what is done is not in it, however much stands open before.
	left map[uint64]int
	at   uint64
}

func newWatermark(at uint64) *watermark { return &watermark{at: at, left: map[uint64]int{}} }

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
