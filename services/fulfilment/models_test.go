package fulfilment_test

import (
	"time"

	"google.golang.org/protobuf/proto"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	processv1 "tiffin/gen/tiffin/process/v1"
	"tiffin/services/dispatch"
)

// The models keep the rules by which services settle races, and nothing else.

type orderModel struct {
	status      string
	cancelledAt uint64
}

type paymentModel struct {
	// status is what is known, open the operation without an outcome.
	status, open  string
	voidWaits     bool
	amount, asked int64
	captured      int64
	captures      int
	failures      int
}

func (p *paymentModel) capturable() bool {
	return p != nil && (p.status == "captured" || p.status == "authorized" && p.open != "void")
}

type ticketModel struct {
	status  string
	started bool
}

func (k *ticketModel) is(statuses ...string) bool {
	for _, s := range statuses {
		if k != nil && k.status == s {
			return true
		}
	}
	return false
}

type deliveryModel struct{ status, courier string }

type courierModel struct {
	id             string
	shift          bool
	freeSince      time.Time
	offer, forWhom string
	expires        time.Time
	holds          string
}

func (w *world) free() []dispatch.Candidate {
	var out []dispatch.Candidate
	for _, c := range w.couriers {
		// Now and then the replica is late, and takes a courier for free who is not.
		if c.shift && (c.offer == "" && c.holds == "" || w.stale) {
			out = append(out, dispatch.Candidate{CourierID: c.id, At: pickUp, FreeSince: c.freeSince})
		}
	}
	return out
}

func refuse(code string) *processv1.Refused { return &processv1.Refused{Code: code, Reason: code} }

// take is a domain service: a command that was accepted before is accepted again, and changes nothing.
func (w *world) take(id string, request proto.Message) *processv1.Refused {
	if w.accepted[id] {
		return nil
	}
	var refused *processv1.Refused
	switch r := request.(type) {
	case *orderingv1.ConfirmOrderRequest:
		refused = w.moveOrder(r.GetOrderId(), "confirmed", "placed")
	case *orderingv1.RejectOrderRequest:
		refused = w.moveOrder(r.GetOrderId(), "rejected", "placed")
	case *orderingv1.CancelOrderRequest:
		refused = w.moveOrder(r.GetOrderId(), "cancelled", "placed", "confirmed")
	case *orderingv1.CompleteOrderRequest:
		refused = w.moveOrder(r.GetOrderId(), "completed", "confirmed")
	case *paymentv1.AuthorizePaymentRequest, *paymentv1.CapturePaymentRequest, *paymentv1.VoidPaymentRequest:
		refused = w.pay(request)
	case *kitchenv1.OpenTicketRequest, *kitchenv1.HandOverTicketRequest, *kitchenv1.CancelTicketRequest:
		refused = w.cook(request)
	case *courierv1.OfferDeliveryRequest, *courierv1.ExpireOfferRequest, *courierv1.WithdrawOfferRequest, *courierv1.FinishDeliveryRequest:
		refused = w.courier(request)
	default:
		refused = w.deliver(request)
	}
	if refused == nil {
		w.accepted[id] = true
		w.taken[string(request.ProtoReflect().Descriptor().Name())]++
	}
	return refused
}

func (w *world) moveOrder(id, to string, from ...string) *processv1.Refused {
	o := w.orders[id]
	if o.status == to {
		return nil
	}
	for _, s := range from {
		if o.status != s {
			continue
		}
		o.status = to
		e := &orderingv1.OrderEvent{}
		switch to {
		case "confirmed":
			e.Event = &orderingv1.OrderEvent_OrderConfirmed{OrderConfirmed: &orderingv1.OrderConfirmed{}}
		case "rejected":
			e.Event = &orderingv1.OrderEvent_OrderRejected{OrderRejected: &orderingv1.OrderRejected{}}
		case "cancelled":
			e.Event = &orderingv1.OrderEvent_OrderCancelled{OrderCancelled: &orderingv1.OrderCancelled{}}
		case "completed":
			e.Event = &orderingv1.OrderEvent_OrderCompleted{OrderCompleted: &orderingv1.OrderCompleted{}}
		}
		o.cancelledAt = w.append(id, e)
		if to != "cancelled" {
			o.cancelledAt = 0
		}
		return nil
	}
	return refuse("ORDER_NOT_OPEN")
}

func (w *world) pay(request proto.Message) *processv1.Refused {
	switch r := request.(type) {
	case *paymentv1.AuthorizePaymentRequest:
		if w.refusesCard {
			return refuse("INVALID_ARGUMENT")
		}
		w.payments[r.GetPaymentId()] = &paymentModel{status: "requested", open: "authorize", amount: r.GetAmount().GetMinorUnits()}
		return nil
	case *paymentv1.CapturePaymentRequest:
		p := w.payments[r.GetPaymentId()]
		if p == nil || p.status != "authorized" || p.open != "" || r.GetAmount().GetMinorUnits() > p.amount {
			return refuse("PAYMENT_NOT_OPEN")
		}
		p.open, p.asked = "capture", r.GetAmount().GetMinorUnits()
		if p.asked < p.amount {
			w.taken["partial capture"]++
		}
		return nil
	case *paymentv1.VoidPaymentRequest:
		p := w.payments[r.GetPaymentId()]
		switch {
		case p == nil:
			return refuse("PAYMENT_NOT_FOUND")
		case p.voidWaits, p.open == "void", p.status == "voided", p.status == "declined":
		case p.open == "authorize":
			p.voidWaits = true
			w.taken["void before the authorization's outcome"]++
		case p.status == "authorized" && p.open == "":
			p.open = "void"
		default:
			return refuse("PAYMENT_NOT_OPEN")
		}
	}
	return nil
}

// outcome is the card processor's side of the open operation.
func (w *world) outcome(id string, p *paymentModel, well bool) {
	e, open := &paymentv1.PaymentEvent{}, p.open
	p.open = ""
	switch {
	case open == "authorize" && well:
		p.status = "authorized"
		e.Event = &paymentv1.PaymentEvent_PaymentAuthorized{PaymentAuthorized: &paymentv1.PaymentAuthorized{}}
		if p.voidWaits {
			p.open, p.voidWaits = "void", false
		}
	case open == "authorize" && p.voidWaits:
		p.status, p.voidWaits = "voided", false
		e.Event = &paymentv1.PaymentEvent_PaymentVoided{PaymentVoided: &paymentv1.PaymentVoided{}}
	case open == "authorize":
		p.status = "declined"
		e.Event = &paymentv1.PaymentEvent_PaymentDeclined{PaymentDeclined: &paymentv1.PaymentDeclined{ReasonCode: "CARD_DECLINED", Reason: "No"}}
	case open == "capture" && well:
		p.status, p.captured, p.captures = "captured", p.asked, p.captures+1
		e.Event = &paymentv1.PaymentEvent_PaymentCaptured{PaymentCaptured: &paymentv1.PaymentCaptured{Amount: eur(p.asked)}}
	case open == "void" && well:
		p.status = "voided"
		e.Event = &paymentv1.PaymentEvent_PaymentVoided{PaymentVoided: &paymentv1.PaymentVoided{}}
	default:
		p.failures++
		w.taken["failed "+open]++
		e.Event = &paymentv1.PaymentEvent_OperationFailed{OperationFailed: &paymentv1.OperationFailed{}}
	}
	w.append(id, e)
}

func (w *world) cook(request proto.Message) *processv1.Refused {
	switch r := request.(type) {
	case *kitchenv1.OpenTicketRequest:
		if w.refusesTicket {
			return refuse("RESTAURANT_CLOSED")
		}
		w.tickets[r.GetTicketId()] = &ticketModel{}
		w.ticket(r.GetTicketId(), "opened", &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketOpened{TicketOpened: &kitchenv1.TicketOpened{}}})
	case *kitchenv1.HandOverTicketRequest:
		k := w.tickets[r.GetTicketId()]
		switch {
		case k.is("handed over"):
		case k.is("ready") || k.is("started") && !w.strictKitchen:
			w.handOver(r.GetTicketId())
		default:
			return refuse("TICKET_NOT_READY")
		}
	case *kitchenv1.CancelTicketRequest:
		k := w.tickets[r.GetTicketId()]
		switch {
		case k.is("cancelled"):
		case k.is("opened", "accepted", "started", "ready"):
			w.ticket(r.GetTicketId(), "cancelled", &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketCancelled{
				TicketCancelled: &kitchenv1.TicketCancelled{Started: k.started},
			}})
		default:
			return refuse("TICKET_NOT_OPEN")
		}
	}
	return nil
}

func (w *world) handOver(id string) {
	w.ticket(id, "handed over", &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketHandedOver{TicketHandedOver: &kitchenv1.TicketHandedOver{}}})
}

func (w *world) ticket(id, status string, e *kitchenv1.TicketEvent) {
	w.tickets[id].status = status
	w.append(id, e)
}

func (w *world) courier(request proto.Message) *processv1.Refused {
	named := request.(interface{ GetCourierId() string }).GetCourierId()
	var c *courierModel
	for _, known := range w.couriers {
		if known.id == named {
			c = known
		}
	}
	switch r := request.(type) {
	case *courierv1.OfferDeliveryRequest:
		if !c.shift || c.offer != "" || c.holds != "" {
			return refuse("COURIER_NOT_FREE")
		}
		c.offer, c.forWhom, c.expires = r.GetOfferId(), r.GetDeliveryId(), r.GetExpiresAt().AsTime()
	case *courierv1.ExpireOfferRequest:
		if c.offer != r.GetOfferId() {
			return refuse("OFFER_NOT_OPEN")
		}
		w.closeOffer(c, &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferExpired{OfferExpired: &courierv1.OfferExpired{
			OfferId: c.offer, DeliveryId: c.forWhom,
		}}})
	case *courierv1.WithdrawOfferRequest:
		if c.offer != r.GetOfferId() {
			return refuse("OFFER_NOT_OPEN")
		}
		w.closeOffer(c, &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferWithdrawn{OfferWithdrawn: &courierv1.OfferWithdrawn{
			OfferId: c.offer, DeliveryId: c.forWhom,
		}}})
	case *courierv1.FinishDeliveryRequest:
		if c.holds != r.GetDeliveryId() {
			return refuse("DELIVERY_NOT_HELD")
		}
		c.holds, c.freeSince = "", w.now
		w.taken["finished "+r.GetOutcome().String()]++
	}
	return nil
}

func (w *world) closeOffer(c *courierModel, e *courierv1.CourierEvent) {
	c.offer, c.forWhom, c.freeSince = "", "", w.now
	w.append(c.id, e)
}

func (w *world) deliver(request proto.Message) *processv1.Refused {
	id := request.(interface{ GetDeliveryId() string }).GetDeliveryId()
	d := w.delivered[id]
	at := func(statuses ...string) bool {
		for _, s := range statuses {
			if d != nil && d.status == s {
				return true
			}
		}
		return false
	}
	switch r := request.(type) {
	case *deliveryv1.RequestDeliveryRequest:
		if w.refusesDelivery {
			return refuse("OUT_OF_AREA")
		}
		w.delivered[id] = &deliveryModel{status: "requested"}
		w.append(id, &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryRequested{
			DeliveryRequested: &deliveryv1.DeliveryRequested{PickUp: r.GetPickUp(), Payout: r.GetPayout(), ReadyAt: r.GetReadyAt()},
		}})
	case *deliveryv1.AssignDeliveryRequest:
		if !at("requested") {
			return refuse("DELIVERY_NOT_OPEN")
		}
		d.status, d.courier = "assigned", r.GetCourierId()
		w.append(id, &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryAssigned{
			DeliveryAssigned: &deliveryv1.DeliveryAssigned{CourierId: d.courier},
		}})
	case *deliveryv1.ReleaseDeliveryRequest:
		if !at("assigned") || d.courier != r.GetCourierId() {
			return refuse("DELIVERY_NOT_ASSIGNED")
		}
		w.release(id, d)
	case *deliveryv1.FailDeliveryRequest:
		if !at("requested", "assigned", "picked up") {
			return refuse("DELIVERY_NOT_OPEN")
		}
		w.fail(id, d, r.GetReasonCode())
	case *deliveryv1.CancelDeliveryRequest:
		switch {
		case at("cancelled"):
		case at("requested", "assigned"):
			w.cancelDelivery(id, d)
		default:
			return refuse("DELIVERY_NOT_OPEN")
		}
	}
	return nil
}

func (w *world) release(id string, d *deliveryModel) {
	courier := d.courier
	d.status, d.courier = "requested", ""
	w.append(id, &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryReleased{
		DeliveryReleased: &deliveryv1.DeliveryReleased{CourierId: courier},
	}})
}

func (w *world) fail(id string, d *deliveryModel, code string) {
	w.append(id, &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryFailed{DeliveryFailed: &deliveryv1.DeliveryFailed{
		CourierId: d.courier, ReasonCode: code, PickedUp: d.status == "picked up",
	}}})
	d.status = "failed"
}

func (w *world) cancelDelivery(id string, d *deliveryModel) {
	d.status = "cancelled"
	w.append(id, &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryCancelled{
		DeliveryCancelled: &deliveryv1.DeliveryCancelled{CourierId: d.courier},
	}})
}
