package store

import (
	"sync"
	"sync/atomic"
)

// Collection is one collection: the version that readers see, and the one that its
// single writer works on.
type Collection struct {
	store    *Store
	db, name string

	mu      sync.Mutex // held by the writer, from Write to Commit
	work    *Version
	dropped bool

	current atomic.Pointer[Version]
}

func newCollection(s *Store, db, name string) *Collection {
	c := &Collection{store: s, db: db, name: name, work: newVersion()}
	c.work.dirty = true
	c.current.Store(c.work.publish(newVersion()))
	return c
}

// begin waits for the writer before. It returns nil if the collection is gone.
func (c *Collection) begin() *Tx {
	c.mu.Lock()
	if c.dropped {
		c.mu.Unlock()
		return nil
	}
	return &Tx{c: c}
}

func (c *Collection) drop() {
	c.mu.Lock()
	c.dropped = true
	c.mu.Unlock()
}
