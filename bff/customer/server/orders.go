package server

import (
	"context"
	"fmt"
	"time"

	"tiffin/bff/customer/orders"
	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	"tiffin/platform/bff"
	"tiffin/platform/identity"
	"tiffin/platform/problem"
)

const historyPage = 20

// customerOf is the customer that the caller is: nobody is asked to sign in, somebody else is turned away.
func customerOf(ctx context.Context) (string, error) {
	caller := identity.FromContext(ctx)
	id, ok := caller.Resource(identity.Customer)
	if !ok {
		id = caller.Subject // refused below, unless the grant is for any customer
	}
	return id, caller.Require(identity.Grant{Role: identity.Customer, Resource: id})
}

// ListOrders shows the caller's own orders only.
func (s *Server) ListOrders(ctx context.Context, r *customerv1.ListOrdersRequest) (*customerv1.ListOrdersResponse, error) {
	customer, err := customerOf(ctx)
	if err != nil {
		return nil, err
	}
	list, err := bff.ListID("orders", customer)
	if err != nil {
		return nil, err
	}
	after, err := bff.DecodePage[cursor](list, r.GetPageToken())
	if err != nil {
		return nil, err
	}
	if err := bff.Await(ctx, s.Orders); err != nil {
		return nil, err
	}
	size := bff.PageSize(r.GetPageSize(), historyPage)
	found, err := orders.History(ctx, s.Orders, customer, after.start(), size+1)
	if err != nil {
		return nil, err
	}
	out := &customerv1.ListOrdersResponse{}
	if len(found) > size {
		found = found[:size]
		last := found[size-1]
		if out.NextPageToken, err = bff.EncodePage(list, cursor{last.PlacedAt.UnixMilli(), last.OrderID}); err != nil {
			return nil, err
		}
	}
	for _, d := range found {
		out.Orders = append(out.Orders, d.Summary())
	}
	return out, nil
}

// cursor is orders.Cursor in a page token.
type cursor struct {
	PlacedAt int64  `json:"t"`
	OrderID  string `json:"i"`
}

func (c *cursor) start() orders.Cursor {
	if c == nil {
		return orders.Cursor{}
	}
	return orders.Cursor{PlacedAt: time.UnixMilli(c.PlacedAt).UTC(), OrderID: c.OrderID}
}

// GetOrder shows one of the caller's own orders.
func (s *Server) GetOrder(ctx context.Context, r *customerv1.GetOrderRequest) (*customerv1.Order, error) {
	if _, err := customerOf(ctx); err != nil {
		return nil, err
	}
	if err := bff.Await(ctx, s.Orders, s.Couriers); err != nil {
		return nil, err
	}
	d, err := s.order(ctx, r.GetOrderId())
	if err != nil {
		return nil, err
	}
	return s.tracked(ctx, d)
}

// order reads an order that the caller may see.
func (s *Server) order(ctx context.Context, id string) (orders.Document, error) {
	d, _, found, err := s.Orders.Get(ctx, id)
	if err != nil {
		return d, fmt.Errorf("read an order: %w", err)
	}
	if !found || d.OrderID == "" {
		return d, problem.Missing("ORDER_NOT_FOUND", "there is no order %s", id)
	}
	own := identity.Grant{Role: identity.Customer, Resource: d.CustomerID}
	return d, identity.FromContext(ctx).Require(own)
}
