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
	for _, r := range found.GetRestaurants() {
		if r.GetClosesAt() != nil && time.Until(r.GetClosesAt().AsTime()) < stillOpen {
			continue
		}
		menu := &customerv1.Restaurant{}
		if err := c.message(ctx, "/restaurants/"+r.GetRestaurantId(), menu); err != nil {
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
		out = append(out, newBasket(r.GetRestaurantId(), body))
	}
	if len(out) == 0 {
		return nil, errors.New("no restaurant is open that can be ordered from")
	}
	return out, nil
}

// fill orders two items, as many as the restaurant's minimum needs; nil where the menu has no two that go without a choice.
func fill(r *customerv1.Restaurant) *customerv1.PlaceOrderRequest {
	const items = 2
	summary := r.GetSummary()
	order := &customerv1.PlaceOrderRequest{
		OrderId: noID, RestaurantId: summary.GetRestaurantId(),
		DeliveryAddress: &customerv1.DeliveryAddress{
			Line: "Torstr. 1, second floor", Latitude: summary.GetLocation().GetLatitude(), Longitude: summary.GetLocation().GetLongitude(),
		},
	}
	total := summary.GetDeliveryFee().GetMinorUnits()
	for _, section := range r.GetSections() {
		for _, offered := range section.GetItems() {
			price := offered.GetItem().GetPrice().GetMinorUnits()
			if offered.GetSoldOut() || needsChoice(offered.GetItem()) || price <= 0 || len(order.GetItems()) == items {
				continue
			}
			quantity := max(1, (summary.GetMinimumOrder().GetMinorUnits()+items*price-1)/(items*price))
			order.Items = append(order.Items, &customerv1.OrderedItem{ItemId: offered.GetItem().GetItemId(), Quantity: int32(quantity)})
			total += quantity * price
		}
	}
	if len(order.GetItems()) < items {
		return nil
	}
	order.Items[0].Note = "not too hot, please"
	order.ExpectedTotal = &typev1.Money{CurrencyCode: r.GetCurrencyCode(), MinorUnits: total}
	return order
}

func needsChoice(item *typev1.MenuItem) bool {
	for _, g := range item.GetOptionGroups() {
		if g.GetMinChoices() > 0 {
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
