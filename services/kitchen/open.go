package kitchen

import (
	"fmt"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	"tiffin/platform/problem"
)

// Open asks the restaurant to cook.
func (t Ticket) Open(c *kitchenv1.OpenTicketRequest) (*kitchenv1.TicketEvent, error) {
	if t.Status != "" {
		return nil, problem.Refuse("TICKET_EXISTS", "a ticket of this id was opened already")
	}
	for i, line := range c.GetLines() {
		if note := line.GetNote(); note != nil && note.GetPersonId() != c.GetCustomerId() {
			return nil, problem.InvalidField(fmt.Sprintf("lines[%d].note.person_id", i), "a wish is the customer's own")
		}
	}
	if c.GetSubtotal().GetMinorUnits() < 0 {
		return nil, problem.InvalidField("subtotal.minor_units", "can't be negative")
	}
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketOpened{TicketOpened: &kitchenv1.TicketOpened{
		RestaurantId: c.GetRestaurantId(), CustomerId: c.GetCustomerId(), Lines: c.GetLines(),
		PreparationMinutes: c.GetPreparationMinutes(), Subtotal: c.GetSubtotal(), AnswerBy: c.GetAnswerBy(),
	}}}, nil
}
