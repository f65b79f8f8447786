package books

import (
	"cmp"
	"fmt"
	"time"

	"tiffin/bench/city/api"
)

// seen is how far an order was shown to its customer.
type seen struct {
	status  string
	entries int
	changed time.Time
}

func (s seen) String() string { return cmp.Or(s.status, "not shown") }

// behind reports whether other is an older state.
func (s seen) behind(other seen) bool {
	return s.entries < other.entries || s.changed.Before(other.changed)
}

// Shown notes what the customer is shown, in an answer to the newest position or in a live stream that does not say that it
// is stale. It is to be called in the order of the answers.
func (b *Book) Shown(o api.Order) {
	b.mu.Lock()
	defer b.mu.Unlock()
	known := b.order(o.ID)
	now := seen{o.Status, len(o.Timeline), o.ChangedAt}
	switch {
	case now.behind(known.seen):
		b.violated("a query never goes back", o.ID, "%s, %d entries, changed %s; %s, %d entries, changed %s was shown before",
			now, now.entries, now.changed, known.seen, known.seen.entries, known.seen.changed)
	case known.outcome != "" && o.Status != known.seen.status:
		b.violated("what ended stays so", o.ID, "%s, and was %s", o.Status, known.seen.status)
	}
	known.seen = now
	b.priced(o, known)
	if o.Ended() && known.outcome == "" {
		known.outcome, known.ended = outcome(o), b.now()
		b.outcomes[known.outcome]++
		if known.ours {
			b.open--
		}
		if o.Status == "COMPLETED" {
			b.reach(known, Completed)
		} else {
			b.reach(known, CalledOff)
		}
	}
}

// Stale notes that the customer was shown something that says it is stale.
func (b *Book) Stale() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.outcomes["stale answers"]++
}

// Lost notes that an order which was taken is not found by a query that presents its position.
func (b *Book) Lost(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.violated("one reads what one wrote", id, "it was taken, and is not found")
}

func outcome(o api.Order) string {
	if o.ReasonCode == "" {
		return o.Status
	}
	return fmt.Sprintf("%s: %s", o.Status, o.ReasonCode)
}
