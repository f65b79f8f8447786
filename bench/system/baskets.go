package system

import (
	"context"
	"errors"
	"net/http"
	"time"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

// stillOpen is how long a restaurant must go on taking orders to be ordered from.
const stillOpen = 30 * time.Minute

// Baskets fills one at each restaurant that is open and stays so for a while.
func (c *Client) Baskets(ctx context.Context) ([]Basket, error) {
	found := &customerv1.SearchRestaurantsResponse{}
	if err := c.message(ctx, "/restaurants?open_only=true&page_size=100", found); err != nil {
		return nil, err
	}
	var out []Basket
	for _, r := range found.Restaurants {
		if r.ClosesAt != nil && time.Until(r.ClosesAt.AsTime()) < stillOpen {
			continue
		}
		menu := &customerv1.Restaurant{}
		if err := c.message(ctx, "/restaurants/"+r.RestaurantId, menu); err != nil {
			return nil, err
		}
		order := fill(menu)
		if order == nil {
			continue
		}
		body, err := protojson.MarshalOptions{UseProtoNames: true}.Marshal(order)
		if err != nil {
			return nil, err
		}
		out = append(out, newBasket(body))
	}
	if len(out) == 0 {
		return nil, errors.New("no restaurant is open that can be ordered from")
	}
	return out, nil
}

// fill orders two items, as many as the restaurant's minimum needs; nil where the menu has no two that go without a choice.
func fill(r *customerv1.Restaurant) *customerv1.PlaceOrderRequest {
	const items = 2
	summary := r.Summary
	order := &customerv1.PlaceOrderRequest{
		OrderId: noID, RestaurantId: summary.RestaurantId,
		DeliveryAddress: &customerv1.DeliveryAddress{
			Line: "Torstr. 1, second floor", Latitude: summary.Location.Latitude, Longitude: summary.Location.Longitude,
		},
	}
	total := summary.DeliveryFee.GetMinorUnits()
	for _, section := range r.Sections {
		for _, offered := range section.Items {
			price := offered.Item.Price.GetMinorUnits()
			if offered.SoldOut || needsChoice(offered.Item) || price <= 0 || len(order.Items) == items {
				continue
			}
			quantity := max(1, (summary.MinimumOrder.GetMinorUnits()+items*price-1)/(items*price))
			order.Items = append(order.Items, &customerv1.OrderedItem{ItemId: offered.Item.ItemId, Quantity: int32(quantity)}) //nolint:gosec // a few
			total += quantity * price
		}
	}
	if len(order.Items) < items {
		return nil
	}
	order.Items[0].Note = "not too hot, please"
	order.ExpectedTotal = &typev1.Money{CurrencyCode: r.CurrencyCode, MinorUnits: total}
	return order
}

func needsChoice(item *typev1.MenuItem) bool {
	for _, g := range item.OptionGroups {
		if g.MinChoices > 0 {
			return true
		}
	}
	return false
}

func (c *Client) message(ctx context.Context, path string, into proto.Message) error {
	body, _, err := c.call(ctx, request{method: http.MethodGet, path: customerAPI + path})
	if err != nil {
		return err
	}
	return protojson.Unmarshal(body, into)
}
