package due

import (
	"container/heap"
	"context"
	"sync"
	"time"
)

// Queue holds items until they are due. The zero value is empty and ready. It is safe for concurrent use, by one taker.
type Queue[T any] struct {
	mu    sync.Mutex
	items items[T]
	// sooner is closed when an item was put in front of all others; nil while nobody waits.
	sooner chan struct{}
}

type item[T any] struct {
	what T
	at   time.Time
}

// Put adds an item that is due at that time.
func (q *Queue[T]) Put(what T, at time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	heap.Push(&q.items, item[T]{what, at})
	if q.items[0].at.Equal(at) && q.sooner != nil {
		close(q.sooner)
		q.sooner = nil
	}
}

// Take waits for the item that is due first, and removes it. It fails only when ctx ends.
func (q *Queue[T]) Take(ctx context.Context) (T, error) {
	var none T
	for {
		what, wait, sooner := q.first()
		if wait <= 0 {
			return what, ctx.Err()
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-sooner:
			timer.Stop()
		case <-ctx.Done():
			timer.Stop()
			return none, ctx.Err()
		}
	}
}

// forever is how long an empty queue waits: until something is put.
const forever = 1 << 62

func (q *Queue[T]) first() (what T, wait time.Duration, sooner <-chan struct{}) {
	q.mu.Lock()
	defer q.mu.Unlock()
	wait = forever
	if len(q.items) > 0 {
		if wait = time.Until(q.items[0].at); wait <= 0 {
			return heap.Pop(&q.items).(item[T]).what, 0, nil
		}
	}
	if q.sooner == nil {
		q.sooner = make(chan struct{})
	}
	return what, wait, q.sooner
}

type items[T any] []item[T]

func (s items[T]) Len() int           { return len(s) }
func (s items[T]) Less(i, j int) bool { return s[i].at.Before(s[j].at) }
func (s items[T]) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }
func (s *items[T]) Push(x any)        { *s = append(*s, x.(item[T])) }

func (s *items[T]) Pop() any {
	last := len(*s) - 1
	x := (*s)[last]
	(*s)[last] = item[T]{}
	*s = (*s)[:last]
	return x
}
