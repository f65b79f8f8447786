package ticket

import (
	"fmt"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	restaurantbffv1 "tiffin/gen/tiffin/bff/restaurant/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/seal"
)

// Apply changes what an event of the kitchen says about the ticket.
func (t *Ticket) Apply(e eventlog.Event, data *kitchenv1.TicketEvent) {
	switch event := data.GetEvent().(type) {
	case *kitchenv1.TicketEvent_TicketOpened:
		t.open(e, event.TicketOpened)
	case *kitchenv1.TicketEvent_TicketAccepted:
		t.ReadyAt = exact(event.TicketAccepted.GetReadyAt())
		t.step(restaurantbffv1.TicketStatus_ACCEPTED)
	case *kitchenv1.TicketEvent_TicketDelayed:
		t.ReadyAt = exact(event.TicketDelayed.GetReadyAt())
	case *kitchenv1.TicketEvent_TicketRejected:
		t.ReasonCode, t.Reason = event.TicketRejected.GetReasonCode(), event.TicketRejected.GetReason()
		t.step(restaurantbffv1.TicketStatus_REJECTED)
	case *kitchenv1.TicketEvent_TicketStarted:
		t.step(restaurantbffv1.TicketStatus_STARTED)
	case *kitchenv1.TicketEvent_TicketReady:
		t.step(restaurantbffv1.TicketStatus_READY)
	case *kitchenv1.TicketEvent_TicketHandedOver:
		t.step(restaurantbffv1.TicketStatus_HANDED_OVER)
	case *kitchenv1.TicketEvent_TicketCancelled:
		cancelled := event.TicketCancelled
		t.ReasonCode, t.Reason, t.Started = cancelled.GetReasonCode(), cancelled.GetReason(), cancelled.GetStarted()
		t.step(restaurantbffv1.TicketStatus_CANCELLED)
	default:
		panic(fmt.Errorf("unknown kitchen event %T", event)) // a fault: the view keeps it until a version that knows it
	}
	t.ChangedAt = e.Time.UTC().Truncate(time.Millisecond)
}

func (t *Ticket) open(e eventlog.Event, o *kitchenv1.TicketOpened) {
	t.TicketID, t.RestaurantID = e.AggregateID, o.GetRestaurantId()
	t.PreparationMinutes = o.GetPreparationMinutes()
	t.Currency, t.Subtotal = o.GetSubtotal().GetCurrencyCode(), o.GetSubtotal().GetMinorUnits()
	// As exact as MongoDB stores it, so that a document equals what is read back.
	t.OpenedAt, t.AnswerBy = e.Time.UTC().Truncate(time.Millisecond), exact(o.GetAnswerBy())
	t.Lines = nil
	for _, l := range o.GetLines() {
		t.Lines = append(t.Lines, Line{
			ItemID: l.GetItemId(), Name: l.GetName(), Quantity: l.GetQuantity(), Options: l.GetOptions(),
			Note: seal.BoxOf(l.GetNote()),
		})
	}
	t.step(restaurantbffv1.TicketStatus_OPENED)
}

func (t *Ticket) step(status restaurantbffv1.TicketStatus) {
	t.Status = int32(status)
	switch status {
	case restaurantbffv1.TicketStatus_HANDED_OVER, restaurantbffv1.TicketStatus_REJECTED, restaurantbffv1.TicketStatus_CANCELLED:
		for i := range t.Lines {
			t.Lines[i].Note = seal.Box{}
		}
	default:
	}
}

func exact(at *timestamppb.Timestamp) time.Time {
	if at == nil {
		return time.Time{}
	}
	return at.AsTime().Truncate(time.Millisecond)
}

// RestaurantOf is the restaurant that an event of the kitchen concerns; empty: it says none.
func RestaurantOf(data *kitchenv1.TicketEvent) string {
	switch event := data.GetEvent().(type) {
	case *kitchenv1.TicketEvent_TicketOpened:
		return event.TicketOpened.GetRestaurantId()
	case *kitchenv1.TicketEvent_TicketAccepted:
		return event.TicketAccepted.GetRestaurantId()
	case *kitchenv1.TicketEvent_TicketDelayed:
		return event.TicketDelayed.GetRestaurantId()
	case *kitchenv1.TicketEvent_TicketRejected:
		return event.TicketRejected.GetRestaurantId()
	case *kitchenv1.TicketEvent_TicketStarted:
		return event.TicketStarted.GetRestaurantId()
	case *kitchenv1.TicketEvent_TicketReady:
		return event.TicketReady.GetRestaurantId()
	case *kitchenv1.TicketEvent_TicketHandedOver:
		return event.TicketHandedOver.GetRestaurantId()
	case *kitchenv1.TicketEvent_TicketCancelled:
		return event.TicketCancelled.GetRestaurantId()
	}
	return ""
}
