package command

import (
	"context"
	"math/rand/v2"
	"strconv"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/projection"
	"tiffin/platform/mongolite/internal/store"
	"tiffin/platform/mongolite/internal/value"
)

const (
	// noBatchSize says that the client leaves the size of a batch to us.
	noBatchSize = -1
	// A first batch of our own choice has at least as many documents as MongoDB's, and
	// then goes on while it is small: one round trip for what a projector loads.
	firstBatch, firstBatchBytes = 101, 1 << 20
	// maxBatchBytes bounds every batch, so that an answer stays below MaxMessage.
	maxBatchBytes = value.MaxDocument
	// maxCursors and idleCursor bound what forgotten cursors keep alive.
	maxCursors = 10_000
	idleCursor = 10 * time.Minute
)

// cursor is a find that has more to give.
type cursor struct {
	db, collection string
	rows           *store.Rows
	pending        bsoncore.Document // found, but the batch before was full
	projection     *projection.Projection

	used time.Time
	busy bool
}

type cursors struct {
	mu   sync.Mutex
	open map[int64]*cursor
}

func newCursors() *cursors { return &cursors{open: make(map[int64]*cursor)} }

// keep registers a cursor and gives its id.
func (cs *cursors) keep(c *cursor) (int64, error) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if len(cs.open) >= maxCursors {
		return 0, failure.New(failure.IllegalOperation, "too many open cursors: %d", maxCursors)
	}
	id := rand.Int64N(1<<63-1) + 1
	c.used = time.Now()
	cs.open[id] = c
	return id, nil
}

// take gives a cursor to one getMore at a time.
func (cs *cursors) take(id int64) (*cursor, error) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	c := cs.open[id]
	switch {
	case c == nil:
		return nil, failure.New(failure.CursorNotFound, "cursor id %d not found", id)
	case c.busy:
		return nil, failure.New(failure.CursorInUse, "cursor id %d is already in use", id)
	}
	c.busy = true
	return c, nil
}

// give takes a cursor back, and forgets it when it is done.
func (cs *cursors) give(id int64, c *cursor, done bool) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	c.busy, c.used = false, time.Now()
	if done {
		delete(cs.open, id)
	}
}

func (cs *cursors) kill(id int64) bool {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	_, found := cs.open[id]
	delete(cs.open, id)
	return found
}

func (cs *cursors) sweep(now time.Time) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	for id, c := range cs.open {
		if !c.busy && now.Sub(c.used) > idleCursor {
			delete(cs.open, id)
		}
	}
}

// firstBatch appends the cursor field of an answer.
func (e *Engine) firstBatch(ctx context.Context, dst []byte, c *cursor, size int64, single bool) ([]byte, error) {
	start, dst := bsoncore.AppendDocumentElementStart(dst, "cursor")
	dst, done, err := c.batch(ctx, dst, "firstBatch", size, firstBatchBytes)
	if err != nil {
		return nil, err
	}
	var id int64
	if !done && !single {
		if id, err = e.cursors.keep(c); err != nil {
			return nil, err
		}
	}
	return c.end(dst, start, id), nil
}

// batch appends documents until it has as many as asked for, or enough.
func (c *cursor) batch(ctx context.Context, dst []byte, name string, size int64, enough int) (out []byte, done bool, err error) {
	start, dst := bsoncore.AppendArrayElementStart(dst, name)
	begin := len(dst)
	for n := int64(0); ; n++ {
		if size != noBatchSize && n == size || size == noBatchSize && n >= firstBatch && len(dst)-begin >= enough {
			break
		}
		doc := c.pending
		if c.pending = nil; doc == nil {
			if doc, err = c.rows.Next(ctx); err != nil {
				return nil, false, err
			}
		}
		if doc == nil {
			done = true
			break
		}
		if n > 0 && len(dst)-begin+len(doc) > maxBatchBytes {
			c.pending = doc
			break
		}
		dst = append(dst, byte(bsoncore.TypeEmbeddedDocument))
		dst = append(strconv.AppendInt(dst, n, 10), 0)
		dst = c.projection.AppendTo(dst, doc)
	}
	if !done && size != 0 && c.pending == nil {
		// Looking one ahead spares the client a round trip that brings nothing.
		if c.pending, err = c.rows.Next(ctx); err != nil {
			return nil, false, err
		}
		done = c.pending == nil
	}
	dst, _ = bsoncore.AppendArrayEnd(dst, start) // fails only on a start that is out of range
	return dst, done, nil
}

func (c *cursor) end(dst []byte, start int32, id int64) []byte {
	dst = bsoncore.AppendInt64Element(dst, "id", id)
	dst = bsoncore.AppendStringElement(dst, "ns", c.db+"."+c.collection)
	dst, _ = bsoncore.AppendDocumentEnd(dst, start) // fails only on a start that is out of range
	return dst
}
