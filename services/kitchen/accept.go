package kitchen

import (
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
)

// Accept says that the restaurant will cook it, and when it is ready. Once accepted, only a delay changes the time.
func (t Ticket) Accept(c *kitchenv1.AcceptTicketRequest, now time.Time) (*kitchenv1.TicketEvent, error) {
	if moves, err := t.moves(Accepted, Opened); !moves {
		return nil, err
	}
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketAccepted{TicketAccepted: &kitchenv1.TicketAccepted{
		RestaurantId: t.RestaurantID, ReadyAt: timestamppb.New(now.Add(c.GetReadyIn().AsDuration())),
	}}}, nil
}
