package kitchen

import (
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
)

// MarkReady says that the food waits to be collected.
func (t Ticket) MarkReady(*kitchenv1.MarkTicketReadyRequest) (*kitchenv1.TicketEvent, error) {
	if moves, err := t.moves(Ready, Started); !moves {
		return nil, err
	}
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketReady{TicketReady: &kitchenv1.TicketReady{
		RestaurantId: t.RestaurantID,
	}}}, nil
}
