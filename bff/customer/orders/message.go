package orders

import (
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

// namesShown is how many items' names a summary lists.
const namesShown = 3

// Message is the order in full, but for who brings it and when: that isn't in its document.
func (d Document) Message() *customerv1.Order {
	status := customerv1.OrderStatus(d.Status)
	m := &customerv1.Order{
		OrderId: d.OrderID, Status: status, RestaurantId: d.RestaurantID, RestaurantName: d.RestaurantName,
		RestaurantImage:    d.RestaurantImage,
		RestaurantLocation: &typev1.Location{Latitude: d.Restaurant.Latitude, Longitude: d.Restaurant.Longitude},
		Subtotal:           d.money(d.Subtotal), DeliveryFee: d.money(d.DeliveryFee), Tip: d.money(d.Tip), Total: d.money(d.Total),
		DeliveryAddress: &customerv1.DeliveryAddress{
			Line: d.Address.Text(), Latitude: d.Address.Location().GetLatitude(), Longitude: d.Address.Location().GetLongitude(),
		},
		Cancellable: d.cancellable(), ReasonCode: d.ReasonCode, Reason: d.Reason, PreparationMinutes: d.PreparationMinutes,
		PlacedAt: timestamppb.New(d.PlacedAt), ChangedAt: timestamppb.New(d.ChangedAt),
		Stage: customerv1.OrderStatus(d.Stage), ReadyAt: optional(d.ReadyAt), Payment: d.paymentMessage(),
	}
	if m.GetCancellable() {
		m.CancellationCharge = d.money(d.cancellationCharge())
	}
	if !d.has(customerv1.OrderStatus_ACCEPTED) {
		m.AnswerBy = optional(d.AnswerBy)
	}
	for _, l := range d.Lines {
		item := &customerv1.OrderItem{
			ItemId: l.ItemID, Name: l.Name, Image: l.Image, Quantity: l.Quantity,
			UnitPrice: d.money(l.UnitPrice), LineTotal: d.money(l.LineTotal), Note: l.Note.Text(),
			SoldOut: l.SoldOut,
		}
		for _, o := range l.Options {
			item.Options = append(item.Options, &customerv1.ChosenOption{
				OptionId: o.OptionID, GroupName: o.GroupName, Name: o.Name, PriceDifference: o.PriceDifference,
			})
		}
		m.Items = append(m.Items, item)
	}
	for _, e := range d.Timeline {
		entry := &customerv1.TimelineEntry{
			Status: customerv1.OrderStatus(e.Status), Time: timestamppb.New(e.Time), Note: e.Note, ReasonCode: e.ReasonCode,
			ReadyAt: optional(e.ReadyAt),
		}
		if e.Amount > 0 {
			entry.Amount = d.money(e.Amount)
		}
		m.Timeline = append(m.Timeline, entry)
	}
	return m
}

func (d Document) paymentMessage() *customerv1.OrderPayment {
	p := d.Payment
	m := &customerv1.OrderPayment{State: customerv1.PaymentState(p.State), ReasonCode: p.ReasonCode, Reason: p.Reason}
	if p.Authorized > 0 {
		m.Authorized = d.money(p.Authorized)
	}
	if p.Settled {
		m.Charged = d.money(p.Charged)
	}
	if p.Refunded > 0 {
		m.Refunded = d.money(p.Refunded)
	}
	return m
}

// Expected reports whether the food is still to arrive, and it is known where and from the restaurant when it is ready.
func (d Document) Expected() bool {
	if d.ReadyAt.IsZero() || d.Address.Location() == nil || d.Arrived || d.Lost {
		return false
	}
	// What is on its way comes, whatever became of the order.
	status := customerv1.OrderStatus(d.Status)
	return !d.PickedUpAt.IsZero() || status == customerv1.OrderStatus_PLACED || status == customerv1.OrderStatus_CONFIRMED
}

// optional is no time for the zero value.
func optional(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}

// Summary is the order as a history shows it.
func (d Document) Summary() *customerv1.OrderSummary {
	m := &customerv1.OrderSummary{
		OrderId: d.OrderID, RestaurantId: d.RestaurantID, RestaurantName: d.RestaurantName, RestaurantImage: d.RestaurantImage,
		Status: customerv1.OrderStatus(d.Status), Total: d.money(d.Total),
		PlacedAt: timestamppb.New(d.PlacedAt), ChangedAt: timestamppb.New(d.ChangedAt), Stage: customerv1.OrderStatus(d.Stage),
	}
	if d.Payment.Settled {
		m.Charged = d.money(d.Payment.Charged - d.Payment.Refunded)
	}
	for _, l := range d.Lines {
		m.ItemCount += l.Quantity
		if len(m.GetItemNames()) < namesShown {
			m.ItemNames = append(m.ItemNames, l.Name)
		}
	}
	return m
}

func (d Document) money(minorUnits int64) *typev1.Money {
	return &typev1.Money{CurrencyCode: d.Currency, MinorUnits: minorUnits}
}
