package city

import (
	"fmt"
	"time"

	"github.com/oklog/ulid/v2"

	"tiffin/bench/city/api"
)

// farthest is how many metres away people order from, however far a restaurant delivers.
const farthest = 1500

var (
	roads  = []string{"Linienstr.", "Torstr.", "Ackerstr.", "Gartenstr.", "Auguststr.", "Invalidenstr.", "Kastanienallee", "Bergstr."}
	floors = []string{"ground floor", "first floor", "second floor, left", "third floor", "back building", "the blue door"}
	notes  = []string{"not too hot, please", "no coriander, please", "extra napkins, please", "well done, please", "no cutlery, please"}
	bad    = []string{"tok_declined", "tok_insufficient", "tok_expired"}
	odd    = []string{"tok_timeout", "tok_silent", "tok_pending", "tok_late", "tok_twice", "tok_disordered", "tok_down"}
)

// fill chooses from a menu; false: there is nothing that reaches the minimum.
func fill(r api.Restaurant, d dice, h Habits, now time.Time) (api.Basket, bool) {
	var id ulid.ULID
	_ = id.SetTime(ulid.Timestamp(now)) // fails after the year 10889
	_ = id.SetEntropy(d.entropy())      // fails for another length
	b := api.Basket{OrderID: id.String(), RestaurantID: r.Summary.ID, Address: address(r, d)}
	subtotal := int64(0)
	offered := menu(r)
	for n, wanted := 0, 1+d.IntN(3); len(offered) > 0 && n < 12 && (n < wanted || subtotal < r.Summary.MinimumOrder.Minor); n++ {
		item, price := choose(pick(d, offered), d)
		if price <= 0 {
			continue
		}
		if d.does(h.Notes) {
			item.Note = pick(d, notes)
		}
		b.Items = append(b.Items, item)
		subtotal += item.Quantity * price
	}
	if subtotal == 0 || subtotal < r.Summary.MinimumOrder.Minor {
		return b, false
	}
	b.Expected = api.Money{Currency: r.Summary.DeliveryFee.Currency, Minor: subtotal + r.Summary.DeliveryFee.Minor}
	if d.does(h.Tips) {
		b.Tip = &api.Money{Currency: b.Expected.Currency, Minor: 50 * (1 + d.Int64N(8))}
		b.Expected.Minor += b.Tip.Minor
	}
	switch p := d.Float64(); {
	case p < h.BadCard:
		b.PaymentToken = pick(d, bad)
	case p < h.BadCard+h.OddCard:
		b.PaymentToken = pick(d, odd)
	}
	return b, true
}

func menu(r api.Restaurant) []api.MenuItem {
	var out []api.MenuItem
	for _, s := range r.Sections {
		for _, o := range s.Items {
			if !o.SoldOut {
				out = append(out, o.Item)
			}
		}
	}
	return out
}

// choose takes as many options of each group as it wants, or one more where one likes.
func choose(m api.MenuItem, d dice) (item api.BasketItem, price int64) {
	item, price = api.BasketItem{ItemID: m.ID, Quantity: 1}, m.Price.Minor
	if d.does(0.25) {
		item.Quantity = 2
	}
	for _, g := range m.Groups {
		n := g.Min
		if n < g.Max && d.does(0.3) {
			n++
		}
		for _, i := range d.Perm(len(g.Options))[:min(n, len(g.Options))] {
			item.OptionIDs = append(item.OptionIDs, g.Options[i].ID)
			price += g.Options[i].Difference
		}
	}
	return item, price
}

// address is a door near by.
func address(r api.Restaurant, d dice) api.Address {
	reach := min(farthest, 0.9*r.Radius) / 2 // along both directions
	off := func() float64 { return (2*d.Float64() - 1) * reach * 1.4 }
	return api.Address{
		Line:  fmt.Sprintf("%s %d, %s", pick(d, roads), 1+d.IntN(120), pick(d, floors)),
		Place: r.Summary.Location.Off(off(), off()),
	}
}
