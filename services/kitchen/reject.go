package kitchen

import (
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
)

// Reject says that the restaurant will not cook it; once it has started, it is too late for that.
func (t Ticket) Reject(c *kitchenv1.RejectTicketRequest) (*kitchenv1.TicketEvent, error) {
	if moves, err := t.moves(Rejected, Opened, Accepted); !moves {
		return nil, err
	}
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketRejected{TicketRejected: &kitchenv1.TicketRejected{
		RestaurantId: t.RestaurantID, ReasonCode: c.GetReasonCode(), Reason: c.GetReason(), SoldOutItemIds: c.GetSoldOutItemIds(),
	}}}, nil
}
