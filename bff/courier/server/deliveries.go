package server

import (
	"context"
	"time"

	"tiffin/bff/courier/deliveries"
	courierapi "tiffin/gen/tiffin/bff/courier/v1"
	"tiffin/platform/bff"
)

const historyPage = 20

// ListDeliveries shows what the caller has taken on.
func (s *Server) ListDeliveries(
	ctx context.Context, r *courierapi.ListDeliveriesRequest,
) (*courierapi.ListDeliveriesResponse, error) {
	if err := must(ctx, r.GetCourierId()); err != nil {
		return nil, err
	}
	list, err := bff.ListID("deliveries", r.GetCourierId())
	if err != nil {
		return nil, err
	}
	after, err := bff.DecodePage[cursor](list, r.GetPageToken())
	if err != nil {
		return nil, err
	}
	if err := bff.Await(ctx, s.Deliveries); err != nil {
		return nil, err
	}
	size := bff.PageSize(r.GetPageSize(), historyPage)
	found, err := deliveries.History(ctx, s.Deliveries, r.GetCourierId(), after.start(), size+1)
	if err != nil {
		return nil, err
	}
	out := &courierapi.ListDeliveriesResponse{}
	if len(found) > size {
		found = found[:size]
		last := found[size-1]
		if out.NextPageToken, err = bff.EncodePage(list, cursor{last.AcceptedAt.UnixMilli(), last.DeliveryID}); err != nil {
			return nil, err
		}
	}
	for _, d := range found {
		out.Deliveries = append(out.Deliveries, d.Summary())
	}
	return out, nil
}

// cursor is deliveries.Cursor in a page token.
type cursor struct {
	AcceptedAt int64  `json:"t"`
	DeliveryID string `json:"i"`
}

func (c *cursor) start() deliveries.Cursor {
	if c == nil {
		return deliveries.Cursor{}
	}
	return deliveries.Cursor{AcceptedAt: time.UnixMilli(c.AcceptedAt).UTC(), DeliveryID: c.DeliveryID}
}
