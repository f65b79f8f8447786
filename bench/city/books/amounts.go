package books

import "tiffin/bench/city/api"

// amount is one that was shown to somebody, or not yet.
type amount struct {
	minor int64
	known bool
}

// leastPayout is what a courier gets besides the tip where the customer's fee is smaller: the house adds the rest. It is not
// the fulfilment's own constant, and must not be: books that took the rule from whom they check would agree with any mistake.
const leastPayout = 300

func known(minor int64) amount { return amount{minor, true} }

// amounts are what an order costs, as each was shown it.
type amounts struct {
	// expected is what the customer agreed to; total, subtotal and extra, which is fee and tip, what they are shown.
	expected, total, subtotal, extra amount
	// food is what the kitchen is shown, payout what the courier is, and earned what that must be.
	food, payout, earned amount
	// charged is what the customer is told was taken and not given back.
	charged amount
}

// priced notes what the customer is shown.
func (b *Book) priced(o api.Order, of *order) {
	lines := int64(0)
	for _, l := range o.Items {
		lines += l.Total.Minor
	}
	if lines != o.Subtotal.Minor {
		b.violated("totals add up", o.ID, "the items cost %d, the subtotal is %d", lines, o.Subtotal.Minor)
	}
	a := &of.amounts
	a.total, a.subtotal = known(o.Total.Minor), known(o.Subtotal.Minor)
	a.extra = known(o.DeliveryFee.Minor + o.Tip.Minor)
	a.earned = known(max(leastPayout, o.DeliveryFee.Minor) + o.Tip.Minor)
	if cost, decided := o.Payment.Cost(); decided {
		a.charged = known(cost)
	}
	b.compare(o.ID, *a)
}

func (b *Book) compare(id string, a amounts) {
	same := func(what string, x, y amount) {
		if x.known && y.known && x.minor != y.minor {
			b.violated("everybody sees the same total", id, "%s: %d and %d", what, x.minor, y.minor)
		}
	}
	same("the total that was agreed to, and the one that is shown", a.expected, a.total)
	same("food for customer and kitchen", a.subtotal, a.food)
	same("what the courier is to get, and is shown", a.earned, a.payout)
	if a.total.known && a.total.minor != a.subtotal.minor+a.extra.minor {
		b.violated("totals add up", id, "the total is %d, its parts are %d", a.total.minor, a.subtotal.minor+a.extra.minor)
	}
}

// Ticket notes what a kitchen is shown.
func (b *Book) Ticket(id string, food int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	o := b.order(id)
	b.first(o)
	o.amounts.food = known(food)
	b.compare(id, o.amounts)
	b.reach(o, Shown)
}

// Payout notes what a courier is shown.
func (b *Book) Payout(id string, payout int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	o := b.order(id)
	b.first(o)
	o.amounts.payout = known(payout)
	b.compare(id, o.amounts)
	b.reach(o, Offered)
}

// first notes when an order of somebody else was first heard of.
func (b *Book) first(o *order) {
	if o.placed.IsZero() {
		o.placed = b.now()
	}
}
