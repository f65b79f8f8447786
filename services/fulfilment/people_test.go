package fulfilment_test

import (
	"slices"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
)

// people returns what those outside the house may do next: in any order, as long as their service would let them.
func (w *world) people() []func() {
	var out []func()
	for _, id := range w.ids {
		if o := w.orders[id]; w.cancels && (o.status == "placed" || o.status == "confirmed") {
			out = append(out, func() { w.moveOrder(id, "cancelled", "placed", "confirmed") })
		}
		if o := w.orders[id]; w.interferes && !w.ponders && o.status == "placed" {
			out = append(out, func() { w.moveOrder(id, "rejected", "placed") })
		}
		if p := w.payments[id]; p != nil && p.open != "" && !w.processorDown {
			well := func() { w.outcome(id, p, true) }
			out = append(out, well, well)
			if w.declines && p.open == "authorize" || w.failsCapture && p.open == "capture" || w.failsVoid && p.open == "void" {
				badly := func() { w.outcome(id, p, false) }
				out = append(out, badly, badly, badly)
			}
		}
		out = append(out, w.restaurant(id)...)
		if d := w.delivered[id]; w.interferes && d != nil && (d.status == "requested" || d.status == "assigned") && (!w.ponders || w.offered(id)) {
			cancel := func() { w.cancelDelivery(id, d) }
			out = append(out, cancel, cancel)
		}
	}
	for _, c := range w.couriers {
		out = append(out, w.rider(c)...)
	}
	return out
}

func (w *world) offered(id string) bool {
	return slices.ContainsFunc(w.couriers, func(c *courierModel) bool { return c.forWhom == id })
}

func (w *world) restaurant(id string) []func() {
	k := w.tickets[id]
	if k == nil || w.silent {
		return nil
	}
	var out []func()
	readyAt := timestamppb.New(w.now.Add(20 * time.Minute))
	switch k.status {
	case "opened", "accepted":
		if w.rejects {
			out = append(out, func() {
				rejected := &kitchenv1.TicketRejected{ReasonCode: w.rejectsFor, Reason: "No"}
				w.ticket(id, "rejected", &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketRejected{TicketRejected: rejected}})
			})
		}
		if k.status == "opened" {
			return append(out, func() {
				w.ticket(id, "accepted", &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketAccepted{
					TicketAccepted: &kitchenv1.TicketAccepted{ReadyAt: readyAt},
				}})
			})
		}
		out = append(out, func() {
			k.started = true
			w.ticket(id, "started", &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketStarted{TicketStarted: &kitchenv1.TicketStarted{}}})
		}, func() {
			w.ticket(id, "accepted", &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketDelayed{
				TicketDelayed: &kitchenv1.TicketDelayed{ReadyAt: readyAt},
			}})
		})
	case "started":
		if !w.neverReady {
			out = append(out, func() {
				w.ticket(id, "ready", &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketReady{TicketReady: &kitchenv1.TicketReady{}}})
			})
		}
	case "ready":
		out = append(out, func() { w.handOver(id) })
	}
	return out
}

func (w *world) rider(c *courierModel) []func() {
	var out []func()
	switch {
	case c.holds != "":
		return w.riding(c)
	case c.offer != "" && w.ponders:
	case c.offer != "":
		offer, whom := c.offer, c.forWhom
		decline := func() {
			w.closeOffer(c, &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferDeclined{
				OfferDeclined: &courierv1.OfferDeclined{OfferId: offer, DeliveryId: whom},
			}})
		}
		if w.choosy {
			return append(out, decline, func() { c.offer, c.forWhom, c.shift = "", "", false }) // went off shift: no word of it
		}
		return append(out, func() {
			c.holds, c.offer, c.forWhom = whom, "", ""
			w.append(c.id, &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferAccepted{
				OfferAccepted: &courierv1.OfferAccepted{OfferId: offer, DeliveryId: whom},
			}})
		}, decline)
	case !c.shift:
		out = append(out, func() { c.shift, c.freeSince = true, w.now })
	}
	return out
}

// riding is what a courier may do with the delivery that is held.
func (w *world) riding(c *courierModel) []func() {
	id := c.holds
	d := w.delivered[id]
	if d == nil || d.courier != c.id || w.vanishes {
		return nil
	}
	switch d.status {
	case "assigned":
		out := []func(){func() { w.release(id, d) }}
		if w.tickets[id].is("started", "ready", "handed over") {
			pick := func() {
				w.mustBePaid(id, "picked up")
				d.status = "picked up"
				w.append(id, &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryPickedUp{
					DeliveryPickedUp: &deliveryv1.DeliveryPickedUp{CourierId: c.id},
				}})
			}
			out = append(out, pick, pick, pick)
		}
		return out
	case "picked up":
		bring := func() {
			w.mustBePaid(id, "delivered")
			d.status = "delivered"
			w.append(id, &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryDelivered{
				DeliveryDelivered: &deliveryv1.DeliveryDelivered{CourierId: c.id},
			}})
		}
		if w.drops != "" {
			return []func(){bring, func() { w.fail(id, d, w.drops) }}
		}
		return []func(){bring}
	}
	return nil
}

func (w *world) mustBePaid(id, what string) {
	if !w.payments[id].capturable() {
		w.failf("order %s was %s without a captured or capturable payment: %+v", id, what, w.payments[id])
	}
}
