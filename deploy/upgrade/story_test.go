package upgrade

import (
	"fmt"
	"sync"

	"tiffin/platform/position"
)

// order is an order as either version of the BFF shows it.
type order struct {
	OrderID  string  `json:"order_id"`
	Timeline []entry `json:"timeline"`
}

type entry struct{ Status, Note string }

// rained is an entry that only the newer version tells.
var rained = entry{"DELAYED", rain}

// postponed is how often it tells what only the newer version knows.
func (o order) postponed() (n int) {
	for _, e := range o.Timeline {
		if e == rained {
			n++
		}
	}
	return n
}

// entries are how many it has that either version tells.
func (o order) entries() int { return len(o.Timeline) - o.postponed() }

// story is where the log has what either version tells of an order: for each entry of its timeline, the domain and the position.
type story struct {
	mu    sync.Mutex
	known []position.Token
}

// goesOn adds an entry. It is known a moment after it is in the log: what is asked of readers is never too much.
func (s *story) goesOn(domain string, at uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known = append(s.known, position.Token{domain: at})
}

// by is how many entries there are for somebody who has seen as much.
func (s *story) by(seen position.Token) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, entry := range s.known {
		if seen.Covers(entry) {
			n++
		}
	}
	return n
}

func (s *story) length() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.known)
}

// missing is the error of whoever is shown less than what the answer claims to have seen: that is how reads go backwards.
func (s *story) missing(o order, seen position.Token) error {
	if want := s.by(seen); o.entries() < want {
		return fmt.Errorf("order %s was shown with %d entries at %v, where the log has %d", o.OrderID, o.entries(), seen, want)
	}
	return nil
}

// onwards is the position of an answer, which is no older than what was seen before.
func onwards(before position.Token, answer string) (position.Token, error) {
	now, err := position.Parse(answer)
	if err == nil && !now.Covers(before) {
		err = fmt.Errorf("answered at %v after %v", now, before)
	}
	return now, err
}
