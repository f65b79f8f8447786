package ticket

import (
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	restaurantbffv1 "tiffin/gen/tiffin/bff/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/seal"
)

// Ticket is what one order asks the kitchen for.
type Ticket struct {
	TicketID           string `bson:"ticket_id"`
	RestaurantID       string `bson:"restaurant_id"`
	Status             int32  `bson:"status"`
	Lines              []Line `bson:"lines"`
	PreparationMinutes int32  `bson:"preparation_minutes"`
	Currency           string `bson:"currency"`
	// Subtotal is minor units of Currency.
	Subtotal   int64     `bson:"subtotal"`
	OpenedAt   time.Time `bson:"opened_at"`
	AnswerBy   time.Time `bson:"answer_by"`
	ReadyAt    time.Time `bson:"ready_at"`
	ChangedAt  time.Time `bson:"changed_at"`
	ReasonCode string    `bson:"reason_code"`
	Reason     string    `bson:"reason"`
	// Started says of a cancelled ticket that cooking had begun.
	Started bool `bson:"started"`
}

// Line is what is to be cooked of one item.
type Line struct {
	ItemID   string   `bson:"item_id"`
	Name     string   `bson:"name"`
	Quantity int32    `bson:"quantity"`
	Options  []string `bson:"options"`
	Note     seal.Box `bson:"note"`
}

// Is reports whether the ticket has the status.
func (t Ticket) Is(status restaurantbffv1.TicketStatus) bool { return t.Status == int32(status) }

// Message is the ticket as the API has it.
func (t Ticket) Message() *restaurantbffv1.Ticket {
	m := &restaurantbffv1.Ticket{
		TicketId: t.TicketID, Status: restaurantbffv1.TicketStatus(t.Status), RestaurantId: t.RestaurantID,
		Subtotal:           &typev1.Money{CurrencyCode: t.Currency, MinorUnits: t.Subtotal},
		PreparationMinutes: t.PreparationMinutes, OpenedAt: timestamp(t.OpenedAt), AnswerBy: timestamp(t.AnswerBy),
		ReadyAt: timestamp(t.ReadyAt), ChangedAt: timestamp(t.ChangedAt),
		ReasonCode: t.ReasonCode, Reason: t.Reason, Started: t.Started,
	}
	for _, l := range t.Lines {
		m.Lines = append(m.Lines, &restaurantbffv1.TicketLine{
			ItemId: l.ItemID, Name: l.Name, Quantity: l.Quantity, Options: l.Options, Note: l.Note.Text(),
		})
	}
	return m
}

// Personal are the wishes of the customer.
func (t *Ticket) Personal() []*seal.Box {
	var boxes []*seal.Box
	for i := range t.Lines {
		boxes = append(boxes, &t.Lines[i].Note)
	}
	return boxes
}

// timestamp leaves out what is not known yet.
func timestamp(at time.Time) *timestamppb.Timestamp {
	if at.IsZero() {
		return nil
	}
	return timestamppb.New(at)
}
