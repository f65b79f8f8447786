package books

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"strings"
)

// Operation is what the card processor did, as its own file says. ID is ours: the payment's, which is the order's, and more.
type Operation struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Status string `json:"status"`
	Token  string `json:"token"`
	Amount struct {
		Minor int64 `json:"minor_units"`
	} `json:"amount"`
}

// Operations reads the processor's file. Its last line may be half written, and is left out then.
func Operations(path string) ([]Operation, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []Operation
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		var line struct{ Operation *Operation }
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Operation != nil {
			out = append(out, *line.Operation)
		}
	}
	return out, lines.Err()
}

// account is what became of one payment's money.
type account struct {
	authorizations, captures, voids int
	reserved, taken, back           int64
	token                           string
}

// Settle compares the processor's side with what the customers were told, once everything has come to its end. An order that
// is not known here is one of somebody else; its money is still to be taken once at most.
func (b *Book) Settle(operations []Operation) {
	accounts := accountsOf(operations)
	b.mu.Lock()
	defer b.mu.Unlock()
	for id, a := range accounts {
		b.balance(id, *a)
	}
	for id, o := range b.orders {
		if a := accounts[id]; o.ours && o.outcome == "COMPLETED" && (a == nil || a.captures == 0) && !a.uncapturable() {
			b.violated("captured is charged", id, "it is completed, and nothing was taken")
		}
	}
}

// Settled reports whether nothing is reserved that was neither taken nor released.
func Settled(operations []Operation) bool {
	for _, a := range accountsOf(operations) {
		if a.authorizations > 0 && a.captures+a.voids == 0 {
			return false
		}
	}
	return true
}

func accountsOf(operations []Operation) map[string]*account {
	accounts := map[string]*account{}
	for _, op := range operations {
		id, _, _ := strings.Cut(op.ID, "-")
		if accounts[id] == nil {
			accounts[id] = &account{}
		}
		accounts[id].add(op)
	}
	return accounts
}

func (a *account) add(op Operation) {
	if op.Status != "succeeded" {
		if op.Token != "" {
			a.token = op.Token
		}
		return
	}
	switch op.Kind {
	case "authorization":
		a.authorizations++
		a.reserved, a.token = op.Amount.Minor, op.Token
	case "capture":
		a.captures++
		a.taken += op.Amount.Minor
	case "void":
		a.voids++
	case "refund":
		a.back += op.Amount.Minor
	}
}

// uncapturable: the card's side takes back what it had promised.
func (a *account) uncapturable() bool {
	return a != nil && strings.HasPrefix(a.token, "tok_uncapturable")
}

func (b *Book) balance(id string, a account) {
	switch {
	case a.captures > 1:
		b.violated("captured once at most", id, "captured %d times", a.captures)
	case a.authorizations > 1:
		b.violated("authorized once at most", id, "authorized %d times", a.authorizations)
	case a.captures > 0 && a.voids > 0:
		b.violated("captured or released", id, "captured and released")
	case a.authorizations > 0 && a.captures+a.voids == 0:
		b.violated("captured or released", id, "%d is still reserved", a.reserved)
	case a.taken > a.reserved || a.back > a.taken:
		b.violated("captured or released", id, "reserved %d, taken %d, given back %d", a.reserved, a.taken, a.back)
	}
	o := b.orders[id]
	if o == nil || !o.ours {
		return
	}
	if kept := a.taken - a.back; !o.amounts.mayCost(o.seen.status, kept) {
		b.violated("captured is charged", id, "%d was taken for an order of %d that is %s", kept, o.amounts.total.minor, o.outcome)
	}
}

// mayCost reports whether an order that ended so may have cost that: what its customer is told, or what the rules allow.
func (a amounts) mayCost(status string, kept int64) bool {
	switch {
	case a.charged.known:
		return kept == a.charged.minor
	case status == "COMPLETED":
		return kept == a.total.minor || kept == 0 // not captured is told elsewhere
	case status == "REJECTED":
		return kept == 0
	case status == "CANCELLED":
		return kept == 0 || kept == a.subtotal.minor || kept <= a.total.minor && kept > a.subtotal.minor
	}
	return true
}
