package books_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tiffin/bench/city/api"
	"tiffin/bench/city/books"
)

var noon = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

// clock is moved by the test.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func eur(minor int64) api.Money { return api.Money{Currency: "EUR", Minor: minor} }

// shown is an order of 20 that costs 2 to bring, with a tip of 1, after so many steps.
func shown(id, status string, entries int) api.Order {
	return api.Order{
		ID: id, Status: status, Items: []api.Line{{Total: eur(1200)}, {Total: eur(800)}}, Subtotal: eur(2000),
		DeliveryFee: eur(200), Tip: eur(100), Total: eur(2300), Timeline: make([]api.Entry, entries),
		ChangedAt: noon.Add(time.Duration(entries) * time.Second),
	}
}

func operation(id, kind string, minor int64) books.Operation {
	op := books.Operation{ID: id + "-" + kind + "-1", Kind: kind, Status: "succeeded", Token: "tok_ok"}
	op.Amount.Minor = minor
	return op
}

// goes is an order that takes its usual way, as everybody concerned notes it.
func goes(b *books.Book, c *clock, id string) {
	b.Placing(id, 2300)
	b.Reached(id, books.Answered)
	b.Shown(shown(id, "PLACED", 1))
	b.Ticket(id, 2000)
	c.at = c.at.Add(time.Second)
	b.Reached(id, books.Accepted)
	b.Shown(shown(id, "CONFIRMED", 2))
	b.Courier(api.Courier{ID: "courier", Offer: &api.Offer{DeliveryID: id}})
	b.Payout(id, 400) // the fee is less than couriers get at least
	b.Took("courier", id)
	b.Courier(api.Courier{ID: "courier", Delivery: &api.Delivery{ID: id}})
	b.PickedUp("courier", id)
	b.HandedOver("courier", id, true)
	b.Courier(api.Courier{ID: "courier"})
	c.at = c.at.Add(time.Second)
	b.Shown(shown(id, "COMPLETED", 3))
}

func TestWhatGoesWellIsCountedAndTimed(t *testing.T) {
	c := &clock{noon}
	b := books.New(c.now, 0)
	for i := range 3 {
		goes(b, c, strconv.Itoa(i))
		b.Shown(shown(strconv.Itoa(i), "COMPLETED", 3)) // told again
	}
	b.Placing("refused", 1)
	b.Refused("refused", "RESTAURANT_CLOSED")
	require.Zero(t, b.Open())
	b.Close()
	var money []books.Operation
	for i := range 3 {
		money = append(money, operation(strconv.Itoa(i), "authorization", 2300), operation(strconv.Itoa(i), "capture", 2300))
	}
	b.Settle(append(money, operation("somebody else's", "authorization", 100), operation("somebody else's", "void", 0)))
	s := b.Summary()
	require.Empty(t, s.Violations)
	require.Empty(t, s.Open)
	require.Equal(t, map[string]int{"COMPLETED": 3, "not taken: RESTAURANT_CLOSED": 1}, s.Outcomes)
	last := s.Steps[len(s.Steps)-1]
	require.Equal(t, books.Completed, last.Step)
	require.Equal(t, 3, last.Count)
	require.InDelta(t, 2, last.P50, 0.05)
	require.InDelta(t, 2, last.P99, 0.05)
}

// Each invariant, broken.
func TestWhatMustNotBeIsFound(t *testing.T) {
	back := shown("a", "CONFIRMED", 2)
	dear := shown("a", "PLACED", 1)
	dear.Total = eur(2400)
	odd := shown("a", "PLACED", 1)
	odd.Items[0].Total = eur(1)
	charged := shown("a", "CANCELLED", 4)
	charged.Payment.Charged = &api.Money{Currency: "EUR", Minor: 0}
	for _, c := range []struct {
		rule string
		id   string
		when func(b *books.Book)
	}{
		{"every order ends", "open", func(b *books.Book) { b.Placing("open", 2300); b.Shown(shown("open", "CONFIRMED", 2)); b.Close() }},
		{"a query never goes back", "a", func(b *books.Book) { b.Shown(back) }},
		{"what ended stays so", "a", func(b *books.Book) { b.Shown(shown("a", "CANCELLED", 4)) }},
		{"one reads what one wrote", "a", func(b *books.Book) { b.Lost("a") }},
		{"totals add up", "a", func(b *books.Book) {
			o := odd
			o.Timeline, o.ChangedAt, o.Status = make([]api.Entry, 3), noon.Add(3*time.Second), "COMPLETED"
			b.Shown(o)
		}},
		{"everybody sees the same total", "a", func(b *books.Book) { b.Ticket("a", 1999) }},
		{"everybody sees the same total", "a", func(b *books.Book) { b.Payout("a", 299) }},
		{"everybody sees the same total", "new", func(b *books.Book) { b.Placing("new", 2299); b.Shown(shown("new", "PLACED", 1)) }},
		{"totals add up", "new", func(b *books.Book) { b.Placing("new", 2400); dear.ID = "new"; b.Shown(dear) }},
		{"one delivery at a time", "courier", func(b *books.Book) { b.Took("courier", "a"); b.Took("courier", "b") }},
		{"one delivery at a time", "courier", func(b *books.Book) {
			b.Courier(api.Courier{ID: "courier", Offer: &api.Offer{DeliveryID: "b"}, Delivery: &api.Delivery{ID: "a"}})
		}},
		{"one courier has the food", "a", func(b *books.Book) { b.PickedUp("another", "a") }},
		{"one courier has the food", "a", func(b *books.Book) { b.HandedOver("another", "a", true) }},
		{"captured once at most", "a", func(b *books.Book) {
			b.Settle([]books.Operation{operation("a", "authorization", 2300), operation("a", "capture", 2300), operation("a", "capture", 2300)})
		}},
		{"authorized once at most", "a", func(b *books.Book) {
			b.Settle([]books.Operation{operation("a", "authorization", 2300), operation("a", "authorization", 2300), operation("a", "capture", 2300)})
		}},
		{"captured or released", "a", func(b *books.Book) { b.Settle([]books.Operation{operation("a", "authorization", 2300)}) }},
		{"captured or released", "a", func(b *books.Book) {
			b.Settle([]books.Operation{operation("a", "authorization", 2300), operation("a", "capture", 2300), operation("a", "void", 0)})
		}},
		{"captured or released", "a", func(b *books.Book) {
			b.Settle([]books.Operation{operation("a", "authorization", 2000), operation("a", "capture", 2300)})
		}},
		{"captured is charged", "a", func(b *books.Book) { b.Settle(nil) }},
		{"captured is charged", "a", func(b *books.Book) {
			b.Settle([]books.Operation{operation("a", "authorization", 2300), operation("a", "capture", 2000)})
		}},
		{"captured is charged", "c", func(b *books.Book) {
			b.Placing("c", 2300)
			o := charged
			o.ID = "c"
			b.Shown(o)
			b.Settle([]books.Operation{operation("c", "authorization", 2300), operation("c", "capture", 2000)})
		}},
		{"captured is charged", "r", func(b *books.Book) {
			b.Placing("r", 2300)
			b.Shown(shown("r", "REJECTED", 2))
			b.Settle([]books.Operation{operation("r", "authorization", 2300), operation("r", "capture", 2300)})
		}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			k := &clock{noon}
			b := books.New(k.now, 0)
			goes(b, k, "a")
			require.Empty(t, b.Summary().Violations)
			c.when(b)
			var found []string
			for _, v := range b.Summary().Violations {
				found = append(found, v.Rule+" "+v.ID)
			}
			require.Contains(t, found, c.rule+" "+c.id)
		})
	}
}

func TestABookThatIsWrittenForWeeksStaysThin(t *testing.T) {
	c := &clock{noon}
	b := books.New(c.now, time.Hour)
	b.Placing("open", 2300)
	for i := range 1000 {
		goes(b, c, strconv.Itoa(i))
		c.at = c.at.Add(2 * time.Minute)
	}
	b.Settle([]books.Operation{operation("0", "authorization", 2300)}) // forgotten, so nobody's order
	s := b.Summary()
	require.Equal(t, []string{"open"}, s.Open, "what has no end is not forgotten")
	require.Equal(t, 1000, s.Outcomes["COMPLETED"])
	b.Overdue(time.Hour)
	require.Equal(t, "open", b.Summary().Violations[len(b.Summary().Violations)-1].ID)
}

func TestQuantilesAreExactToTwoInAHundred(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := &clock{noon}
		b := books.New(c.now, 0)
		longest := time.Duration(0)
		for i := range rapid.IntRange(1, 50).Draw(t, "orders") {
			id := strconv.Itoa(i)
			b.Placing(id, 1)
			took := time.Duration(rapid.IntRange(1, 1e6).Draw(t, "ms")) * time.Millisecond
			longest = max(longest, took)
			before := c.at
			c.at = c.at.Add(took)
			b.Reached(id, books.Answered)
			c.at = before
		}
		p99 := b.Summary().Steps[0].P99
		require.InEpsilon(t, longest.Seconds(), p99, 0.03)
	})
}
