package server

import (
	"context"
	"time"

	"tiffin/bff/restaurant/tickets"
	restaurantbffv1 "tiffin/gen/tiffin/bff/restaurant/v1"
	"tiffin/platform/bff"
)

const ticketsPage = 20

// ListTickets shows the tickets of the caller's restaurant.
func (s *Server) ListTickets(ctx context.Context, r *restaurantbffv1.ListTicketsRequest) (*restaurantbffv1.ListTicketsResponse, error) {
	if err := allowed(ctx, r.GetRestaurantId()); err != nil {
		return nil, err
	}
	list, err := bff.ListID("tickets", r.GetRestaurantId(), r.GetStatus())
	if err != nil {
		return nil, err
	}
	after, err := bff.DecodePage[cursor](list, r.GetPageToken())
	if err != nil {
		return nil, err
	}
	if err := bff.Await(ctx, s.Tickets); err != nil {
		return nil, err
	}
	size := bff.PageSize(r.GetPageSize(), ticketsPage)
	found, err := tickets.List(ctx, s.Tickets, r.GetRestaurantId(), r.GetStatus(), after.start(), size+1)
	if err != nil {
		return nil, err
	}
	out := &restaurantbffv1.ListTicketsResponse{}
	if len(found) > size {
		found = found[:size]
		last := found[size-1]
		if out.NextPageToken, err = bff.EncodePage(list, cursor{last.OpenedAt.UnixMilli(), last.TicketID}); err != nil {
			return nil, err
		}
	}
	for _, d := range found {
		out.Tickets = append(out.Tickets, d.Message())
	}
	return out, nil
}

// cursor is tickets.Cursor in a page token.
type cursor struct {
	OpenedAt int64  `json:"t"`
	TicketID string `json:"i"`
}

func (c *cursor) start() tickets.Cursor {
	if c == nil {
		return tickets.Cursor{}
	}
	return tickets.Cursor{OpenedAt: time.UnixMilli(c.OpenedAt).UTC(), TicketID: c.TicketID}
}
