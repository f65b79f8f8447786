package kitchen

import (
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	"tiffin/platform/problem"
)

// HandOver says that a courier took the food along. A kitchen that forgot to say that it was ready is taken at the
// courier's word; one that never started is not.
func (t Ticket) HandOver(*kitchenv1.HandOverTicketRequest) (*kitchenv1.TicketEvent, error) {
	if t.Status == Opened || t.Status == Accepted {
		return nil, problem.Refuse("TICKET_NOT_READY", "there is nothing to hand over yet: this ticket is %s", t.Status).
			With("status", string(t.Status))
	}
	if moves, err := t.moves(HandedOver, Started, Ready); !moves {
		return nil, err
	}
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketHandedOver{TicketHandedOver: &kitchenv1.TicketHandedOver{
		RestaurantId: t.RestaurantID,
	}}}, nil
}
