package city

import (
	"context"
	"slices"

	"tiffin/bench/city/api"
)

// food waits at a restaurant's counter until the food is there, whoever has cooked it: that one sees, and is not told.
func (c *courier) food(ctx context.Context, restaurantID, id string) error {
	k := c.kitchens[restaurantID]
	if k == nil { // one of which no people are known: it is as the system says
		return nil
	}
	for {
		now, changed := k.board.get()
		if now != nil {
			status := now.status[id]
			if status == "" {
				status = k.gone(ctx, id)
			}
			if slices.Contains([]string{"READY", "HANDED_OVER"}, status) {
				return nil
			}
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// gone is the status of a ticket that is not on the board: it may have been handed over already, or not be shown yet.
func (k *kitchen) gone(ctx context.Context, id string) string {
	var list struct {
		Tickets []api.Ticket `json:"tickets"`
	}
	path := restaurantAPI + "/restaurants/" + k.who.RestaurantID + "/tickets?status=HANDED_OVER&page_size=100"
	if _, err := k.tab.Read(ctx, path, &list); err != nil {
		return ""
	}
	for _, t := range list.Tickets {
		if t.ID == id {
			return t.Status
		}
	}
	return ""
}
