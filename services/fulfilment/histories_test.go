package fulfilment_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

const (
	histories = 25_000
	// often is how many times at least each compensation must have been taken.
	often = 100
	steps = 120
)

var pickUp = &typev1.Location{Latitude: 52.5, Longitude: 13.4}

func eur(minor int64) *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: minor} }

// plan is what kind of day it is.
type plan struct {
	ids                                                                   []string
	repeats, hasty, stale, cancels, interferes                            bool
	refusesCard, refusesTicket, refusesDelivery                           bool
	processorDown, declines, failsCapture, failsVoid                      bool
	silent, rejects, neverReady, strictKitchen, choosy, vanishes, ponders bool
	rejectsFor, drops                                                     string
}

func drawPlan(t *rapid.T) plan {
	p := plan{ids: []string{"01J0000000000000000000000A", "01J0000000000000000000000B"}[:rapid.IntRange(1, 2).Draw(t, "orders")]}
	p.repeats, p.stale = rapid.Bool().Draw(t, "repeats"), rapid.Bool().Draw(t, "stale")
	p.hasty = rapid.IntRange(0, 3).Draw(t, "hasty") == 0
	p.cancels = rapid.IntRange(0, 3).Draw(t, "cancels") == 0
	p.strictKitchen = rapid.Bool().Draw(t, "strict kitchen")
	p.rejectsFor = rapid.SampledFrom([]string{"TOO_BUSY", "ITEMS_SOLD_OUT"}).Draw(t, "rejects for")
	trouble := []*bool{
		&p.interferes, &p.refusesCard, &p.refusesTicket, &p.refusesDelivery, &p.processorDown, &p.declines, &p.failsCapture,
		&p.failsCapture, &p.failsCapture, &p.failsVoid, &p.silent, &p.rejects, &p.rejects, &p.neverReady, &p.choosy,
		&p.vanishes, &p.vanishes, &p.ponders, &p.ponders,
	}
	switch at := rapid.IntRange(-4, len(trouble)+5).Draw(t, "trouble"); {
	case at >= len(trouble):
		p.drops = rapid.SampledFrom([]string{"NOBODY_THERE", "FOOD_DAMAGED", "ADDRESS_NOT_FOUND"}).Draw(t, "drops")
	case at >= 0:
		*trouble[at] = true
		p.cancels = p.cancels || p.failsVoid
		p.interferes = p.interferes || p.ponders
	}
	return p
}

func newWorld(t *rapid.T, taken map[string]int) *world {
	w := &world{
		t: t, now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC), plan: drawPlan(t), orders: map[string]*orderModel{},
		payments: map[string]*paymentModel{}, tickets: map[string]*ticketModel{}, delivered: map[string]*deliveryModel{},
		accepted: map[string]bool{}, taken: taken,
	}
	for i := range rapid.SampledFrom([]int{4, 3, 2, 1, 0}).Draw(t, "couriers") {
		w.couriers = append(w.couriers, &courierModel{id: fmt.Sprintf("01J000000000000000000000C%d", i), shift: true, freeSince: w.now})
	}
	for _, id := range w.ids {
		w.orders[id] = &orderModel{status: "placed"}
		w.append(id, &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{
			Subtotal: eur(2000), DeliveryFee: eur(300), Tip: eur(200), Total: eur(2500), RestaurantLocation: pickUp,
		}}})
		w.begin(id)
	}
	return w
}

// live lets anything happen that may.
func (w *world) live() {
	for range steps {
		possible := w.people()
		for _, p := range w.processes {
			possible = append(possible, p.actions()...)
		}
		if len(possible) == 0 {
			return
		}
		w.now = w.now.Add(time.Second)
		possible[rapid.IntRange(0, len(possible)-1).Draw(w.t, "next")]()
	}
}

// drain lets the house do what is left, with nobody outside moving any more but the card processor, and time passing.
func (w *world) drain() {
	for range 10_000 {
		did := false
		for _, p := range w.processes {
			did = p.work() || did
		}
		if w.vanishes {
			did = w.promise() || did
		}
		for _, id := range w.ids {
			if p := w.payments[id]; p != nil && p.open != "" {
				w.outcome(id, p, !w.failsVoid || p.open != "void" || p.failures > 0)
				did = true
			}
		}
		if !did && !w.wake() {
			return
		}
	}
	w.t.Fatal("it goes on for ever")
}

// promise lets restaurants finish and couriers take on what they will never collect.
func (w *world) promise() bool {
	var possible []func()
	for _, id := range w.ids {
		if k := w.tickets[id]; k.is("opened", "accepted", "started") {
			all := w.restaurant(id)
			possible = append(possible, all[len(all)-1])
			if k.is("accepted") {
				possible[len(possible)-1] = all[len(all)-2] // rather than to delay it
			}
		}
	}
	for _, c := range w.couriers {
		if c.offer != "" {
			possible = append(possible, w.rider(c)[0])
		}
	}
	for _, act := range possible {
		act()
	}
	return len(possible) > 0
}

// wake fires the timer that is due first.
func (w *world) wake() bool {
	var first time.Time
	var fire func()
	for _, p := range w.processes {
		if due, f, set := p.dueNext(); set && (fire == nil || due.Before(first)) {
			first, fire = due, f
		}
	}
	if fire == nil {
		return false
	}
	fire()
	return true
}

// check is what must hold when all is over, whatever happened.
func (w *world) check() {
	for i, p := range w.processes {
		if !p.ended() {
			w.failf("the %s of order %s has not ended", []string{"fulfilment", "dispatch"}[i%2], w.ids[i/2])
		}
	}
	for _, c := range w.couriers {
		if c.holds != "" || c.offer != "" {
			w.failf("courier %+v was not told that it is over", c)
		}
	}
	for _, id := range w.ids {
		o, p, k, d := w.orders[id], w.payments[id], w.tickets[id], w.delivered[id]
		if o.status == "placed" || o.status == "confirmed" {
			w.failf("order %s is still %s", id, o.status)
		}
		if k != nil && !k.is("rejected", "cancelled", "handed over") {
			w.failf("ticket %s is still %s", id, k.status)
		}
		if d != nil && d.status != "delivered" && d.status != "failed" && d.status != "cancelled" {
			w.failf("delivery %s is still %s", id, d.status)
		}
		w.checkMoney(id, o, p, k, d)
	}
}

func (w *world) checkMoney(id string, o *orderModel, p *paymentModel, k *ticketModel, d *deliveryModel) {
	if p == nil {
		if o.status == "completed" {
			w.failf("order %s was completed without a payment", id)
		}
		return
	}
	if p.captures > 1 {
		w.failf("order %s was captured %d times", id, p.captures)
	}
	if p.open != "" || p.status == "authorized" && p.failures == 0 || p.status == "requested" {
		w.failf("what was authorized for order %s is neither captured nor released: %+v", id, p)
	}
	arrived := d != nil && d.status == "delivered"
	if o.status == "completed" && (!arrived || p.captured != p.amount && p.failures == 0) {
		w.failf("order %s was completed: %+v %+v", id, p, d)
	}
	if p.captured > 0 && !k.started {
		w.failf("order %s was charged, and never cooked", id)
	}
	if p.captured > 0 && o.status == "rejected" {
		w.failf("order %s was charged, and rejected", id)
	}
}

// compensations are what must have been taken often, by the names under which they are counted.
var compensations = []string{
	"RejectOrderRequest", "CancelOrderRequest", "VoidPaymentRequest", "CancelTicketRequest", "CancelDeliveryRequest",
	"ReleaseDeliveryRequest", "FailDeliveryRequest", "ExpireOfferRequest", "WithdrawOfferRequest", "partial capture",
	"void before the authorization's outcome", "failed capture",
	"finished DELIVERY_OUTCOME_RELEASED", "finished DELIVERY_OUTCOME_CANCELLED", "finished DELIVERY_OUTCOME_FAILED",
	"ending PAYMENT_DECLINED", "ending PAYMENT_UNAVAILABLE", "ending RESTAURANT_REJECTED", "ending ITEMS_SOLD_OUT",
	"ending RESTAURANT_SILENT", "ending KITCHEN_OVERDUE", "ending NO_COURIER", "ending COURIER_VANISHED",
	"ending CUSTOMER_UNREACHABLE", "ending DELIVERY_FAILED", "ending CUSTOMER_CANCELLED", "ending CALLED_OFF", "ending DELIVERED",
}

func TestEveryHistoryEndsWell(t *testing.T) {
	require.NoError(t, flag.Set("rapid.checks", strconv.Itoa(histories)))
	defer func() { _ = flag.Set("rapid.checks", "100") }()
	taken, tried := map[string]int{}, 0
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, taken)
		w.live()
		w.drain()
		w.check()
		tried++
	})
	fmt.Fprintf(os.Stdout, "%d histories of orders tried, no invariant broken\n", tried)
	for _, name := range slices.Sorted(maps.Keys(taken)) {
		fmt.Fprintf(os.Stdout, "%9d %s\n", taken[name], name)
	}
	for _, name := range compensations {
		require.GreaterOrEqual(t, taken[name], often, name)
	}
}
