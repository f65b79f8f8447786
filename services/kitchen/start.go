package kitchen

import (
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
)

// Start says that cooking has begun.
func (t Ticket) Start(*kitchenv1.StartTicketRequest) (*kitchenv1.TicketEvent, error) {
	if moves, err := t.moves(Started, Accepted); !moves {
		return nil, err
	}
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketStarted{TicketStarted: &kitchenv1.TicketStarted{
		RestaurantId: t.RestaurantID,
	}}}, nil
}
