package kitchen

import (
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
)

// Cancel calls the ticket off until it is handed over. It records whether cooking had begun: that decides who pays.
func (t Ticket) Cancel(c *kitchenv1.CancelTicketRequest) (*kitchenv1.TicketEvent, error) {
	if moves, err := t.moves(Cancelled, Opened, Accepted, Started, Ready); !moves {
		return nil, err
	}
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketCancelled{TicketCancelled: &kitchenv1.TicketCancelled{
		RestaurantId: t.RestaurantID, ReasonCode: c.GetReasonCode(), Reason: c.GetReason(),
		Started: t.Status == Started || t.Status == Ready,
	}}}, nil
}
