package history

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// Recorder writes a history. It is safe for concurrent use.
type Recorder struct {
	began   time.Time
	streams atomic.Int64
	counts  [3]atomic.Int64

	mu   sync.Mutex
	file *os.File
	out  *bufio.Writer
	json *json.Encoder
	// failed is the first error of the file; after it nothing is written.
	failed error
	closed bool
}

// Create begins a history in a file, in place of what is there.
func Create(path string) (*Recorder, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	r := &Recorder{began: time.Now(), file: file, out: bufio.NewWriter(file)}
	r.json = json.NewEncoder(r.out)
	r.json.SetEscapeHTML(false)
	return r, nil
}

// Commands is how many were acknowledged, refused and left open so far, repeats counted each.
func (r *Recorder) Commands() (acknowledged, refused, unknown int64) {
	return r.counts[0].Load(), r.counts[1].Load(), r.counts[2].Load()
}

func (r *Recorder) now() time.Duration { return time.Since(r.began) }

func (r *Recorder) write(c Call) {
	if c.Kind == Command {
		r.counts[map[Outcome]int{Acknowledged: 0, Refused: 1, Unknown: 2}[c.Outcome]].Add(1)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failed == nil && !r.closed { // what ends later is not of this history
		r.failed = r.json.Encode(c)
	}
}

// Close ends the history, and returns what went wrong with its file.
func (r *Recorder) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil
	}
	r.closed = true
	if err := errors.Join(r.failed, r.out.Flush(), r.file.Close()); err != nil {
		return fmt.Errorf("history: %w", err)
	}
	return nil
}
