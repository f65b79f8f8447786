package books

import (
	"fmt"
	"sync"
	"time"
)

// Book is safe for concurrent use.
type Book struct {
	// now is the time; keep is how long an order that has ended is remembered; 0: for ever.
	now  func() time.Time
	keep time.Duration

	mu         sync.Mutex
	began      time.Time
	orders     map[string]*order
	couriers   map[string]string // the delivery that each has in hand
	broken     map[string]bool   // rule and id: each is told once
	violations []Violation
	placed     int
	open       int // ours without an end
	outcomes   map[string]int
	steps      map[Step]*Times
	swept      time.Time
}

// New returns an empty book. Where orders that have ended are kept for a while only, one can be written in for weeks.
func New(now func() time.Time, keep time.Duration) *Book {
	return &Book{
		now: now, keep: keep, began: now(), swept: now(), orders: map[string]*order{}, couriers: map[string]string{}, broken: map[string]bool{},
		outcomes: map[string]int{}, steps: map[Step]*Times{},
	}
}

// order is one, as far as it is known. One that a person has placed in a browser is known by what others are shown of it.
type order struct {
	placed, ended time.Time
	ours          bool
	outcome       string
	seen          seen
	amounts       amounts
	reached       map[Step]bool
	by            string // the courier who picked it up
}

// Violation is an invariant that does not hold.
type Violation struct {
	Rule string    `json:"rule"`
	ID   string    `json:"id"`
	What string    `json:"what"`
	At   time.Time `json:"at"`
}

// most is how many violations are told; where more are, something is wrong with all.
const most = 1000

func (b *Book) violated(rule, id, what string, args ...any) {
	if key := rule + " " + id; len(b.violations) < most && !b.broken[key] {
		b.broken[key] = true
		b.violations = append(b.violations, Violation{rule, id, fmt.Sprintf(what, args...), b.now()})
	}
}

func (b *Book) order(id string) *order {
	o := b.orders[id]
	if o == nil {
		o = &order{reached: map[Step]bool{}}
		b.orders[id] = o
	}
	return o
}

// Placing notes that somebody orders at the total that they were shown.
func (b *Book) Placing(id string, total int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sweep()
	o := b.order(id)
	o.placed, o.ours = b.now(), true
	o.amounts.expected = known(total)
	b.placed++
	b.open++
}

// Refused notes that the order was not taken, so that nothing may come of it.
func (b *Book) Refused(id, code string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.outcomes["not taken: "+code]++
	b.open--
	delete(b.orders, id)
}

// GivenUp notes that whoever ordered never heard whether it was taken, and has left.
func (b *Book) GivenUp(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.outcomes["left before an answer"]++
	b.open--
	delete(b.orders, id)
}

// Open is how many of our orders have no end.
func (b *Book) Open() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.open
}

// Overdue reports every order that was placed longer ago and has no end.
func (b *Book) Overdue(after time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for id, o := range b.orders {
		if o.ours && o.outcome == "" && b.now().Sub(o.placed) > after {
			b.violated("every order ends", id, "%s after it was placed it is %s", b.now().Sub(o.placed).Round(time.Second), o.seen)
		}
	}
}

const sweepEvery = time.Minute

// sweep forgets what ended long ago.
func (b *Book) sweep() {
	if b.keep == 0 || b.now().Sub(b.swept) < sweepEvery {
		return
	}
	b.swept = b.now()
	for id, o := range b.orders {
		if last := o.last(); !last.IsZero() && b.now().Sub(last) > b.keep {
			delete(b.orders, id)
		}
	}
}

// last is when an order was over for those who see it; zero while it goes on.
func (o *order) last() time.Time {
	if o.ours {
		return o.ended
	}
	return o.placed
}
