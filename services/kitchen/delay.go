package kitchen

import (
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	"tiffin/platform/problem"
)

// Delay says that it takes longer. Earlier than what was said before is refused: a courier may count on that already.
func (t Ticket) Delay(c *kitchenv1.DelayTicketRequest, now time.Time) (*kitchenv1.TicketEvent, error) {
	if moves, err := t.moves("", Accepted, Started); !moves {
		return nil, err
	}
	readyAt := now.Add(c.GetReadyIn().AsDuration())
	switch {
	case readyAt.Equal(t.ReadyAt):
		return nil, nil
	case readyAt.Before(t.ReadyAt):
		return nil, problem.Refuse("NOT_LATER", "a delay must be later than what was said before").
			With("ready_at", t.ReadyAt.Format(time.RFC3339))
	}
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketDelayed{TicketDelayed: &kitchenv1.TicketDelayed{
		RestaurantId: t.RestaurantID, ReadyAt: timestamppb.New(readyAt),
	}}}, nil
}
