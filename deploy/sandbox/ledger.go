package sandbox

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"sync"
	"time"
)

// ledger holds all operations and what they did to the money.
type ledger struct {
	journal *journal
	now     func() time.Time
	pending time.Duration

	mu        sync.Mutex
	all       []string
	entries   map[string]entry
	accounts  map[string]*account
	delivered map[string]bool
}

func openLedger(path string, now func() time.Time, pending time.Duration) (*ledger, error) {
	l := &ledger{
		now: now, pending: pending,
		entries: map[string]entry{}, accounts: map[string]*account{}, delivered: map[string]bool{},
	}
	var err error
	l.journal, err = openJournal(path, func(read line) {
		if read.Operation != nil {
			l.apply(*read.Operation)
		}
		if read.Delivered != "" {
			l.delivered[read.Delivered] = true
		}
	})
	return l, err
}

var errKeyReused = errors.New("this idempotency key was used for another request")

// perform does what is asked, once for each key, and returns when it is on the disk. fresh is false for a repeat.
func (l *ledger) perform(r request) (e entry, fresh bool, err error) {
	e, fresh, mark, err := l.enter(r)
	if err != nil || !fresh {
		return e, fresh, err
	}
	return e, true, l.journal.sync(mark)
}

func (l *ledger) enter(r request) (e entry, fresh bool, mark int64, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e, ok := l.entries[r.key]; ok {
		if e.Fingerprint != r.fingerprint {
			return e, false, 0, errKeyReused
		}
		return e, false, 0, nil
	}
	now := l.now().UTC()
	e = entry{Fingerprint: r.fingerprint, Token: r.token, Known: now, Operation: Operation{
		ID: r.key, Kind: r.kind, Payment: r.payment, Amount: r.amount, Status: succeeded, Time: now,
	}}
	ok, why := decide(r, l.accounts[r.payment])
	switch {
	case !ok:
		e.Status, e.ReasonCode, e.Reason = refused, why.code, why.reason
	case r.kind == authorization:
		e.Payment = reference(r.key)
	}
	if a := l.accounts[r.payment]; a != nil {
		e.Token = a.token
	}
	if c, _ := cardOf(e.Token); c.pending {
		e.Known = now.Add(l.pending)
	}
	if mark, err = l.journal.append(line{Operation: &e}); err != nil {
		return e, false, 0, err
	}
	l.apply(e)
	return e, true, mark, nil
}

func (l *ledger) apply(e entry) {
	l.all = append(l.all, e.ID)
	l.entries[e.ID] = e
	if e.Status != succeeded {
		return
	}
	if l.accounts[e.Payment] == nil {
		l.accounts[e.Payment] = &account{}
	}
	l.accounts[e.Payment].apply(e)
}

// reference is the id of the payment that an authorization makes.
func reference(key string) string {
	sum := sha256.Sum256([]byte(key))
	return "pay_" + hex.EncodeToString(sum[:10])
}

func (l *ledger) find(key string) (Operation, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e, ok := l.entries[key]
	return e.shown(l.now()), ok
}

// page returns operations in the order in which they were done, from the number on.
func (l *ledger) page(from, size int) []Operation {
	l.mu.Lock()
	defer l.mu.Unlock()
	from = min(max(from, 0), len(l.all))
	out := []Operation{}
	for _, id := range l.all[from:min(from+size, len(l.all))] {
		out = append(out, l.entries[id].shown(l.now()))
	}
	return out
}

// token is the one that the payment was made with, or else the one given.
func (l *ledger) token(payment, given string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if a := l.accounts[payment]; a != nil {
		return a.token
	}
	return given
}

func (l *ledger) wasDelivered(id string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.delivered[id]
}

// deliver notes that a webhook was taken. It is not synced: the worst that a lost note does is another delivery.
func (l *ledger) deliver(id string) error {
	_, err := l.journal.append(line{Delivered: id})
	l.mu.Lock()
	defer l.mu.Unlock()
	l.delivered[id] = true
	return err
}

// entriesByAge returns a copy of all entries, the oldest first.
func (l *ledger) entriesByAge() []entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := make([]entry, 0, len(l.all))
	for _, id := range l.all {
		out = append(out, l.entries[id])
	}
	return out
}
