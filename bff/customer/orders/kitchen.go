package orders

import (
	"fmt"
	"slices"
	"time"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
)

func (d *Document) kitchen(data *kitchenv1.TicketEvent, at time.Time) {
	switch event := data.GetEvent().(type) {
	case *kitchenv1.TicketEvent_TicketOpened:
		d.AnswerBy = stamp(event.TicketOpened.GetAnswerBy().AsTime())
	case *kitchenv1.TicketEvent_TicketAccepted:
		d.ReadyAt = stamp(event.TicketAccepted.GetReadyAt().AsTime())
		d.FirstReadyAt = d.ReadyAt
		d.tell(Entry{Status: int32(customerv1.OrderStatus_ACCEPTED), Time: at, ReadyAt: d.ReadyAt})
	case *kitchenv1.TicketEvent_TicketDelayed:
		d.ReadyAt = stamp(event.TicketDelayed.GetReadyAt().AsTime())
		d.tell(Entry{Status: int32(customerv1.OrderStatus_DELAYED), Time: at, ReadyAt: d.ReadyAt})
	case *kitchenv1.TicketEvent_TicketRejected:
		// The order's own event says that it was rejected, and why; this one, for want of what.
		for i, l := range d.Lines {
			d.Lines[i].SoldOut = slices.Contains(event.TicketRejected.GetSoldOutItemIds(), l.ItemID)
		}
	case *kitchenv1.TicketEvent_TicketStarted:
		d.Cooked = true
		d.tell(Entry{Status: int32(customerv1.OrderStatus_COOKING), Time: at})
	case *kitchenv1.TicketEvent_TicketReady:
		d.Cooked, d.Ready = true, true
		d.tell(Entry{Status: int32(customerv1.OrderStatus_READY), Time: at})
	default:
		panic(fmt.Errorf("unknown ticket event %T", event)) // a fault: the view keeps it until a version that knows it
	}
}
