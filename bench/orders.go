package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/oklog/ulid/v2"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/services/ordering"
)

// aggregate is what the ordering service executes commands on.
type aggregate = eventlog.Aggregate[ordering.Order, *orderingv1.OrderEvent]

func newOrders(log *eventlog.Log) *aggregate {
	return eventlog.NewAggregate(log, func(o ordering.Order, e *orderingv1.OrderEvent, _ eventlog.Meta) (ordering.Order, error) {
		return ordering.Evolve(o, e)
	})
}

// commanded gives the context a command's id and fingerprint, as long as those of a request are.
func commanded(ctx context.Context, id string) context.Context {
	sum := sha256.Sum256([]byte(id))
	return eventlog.WithCommand(ctx, eventlog.Command{ID: id, Fingerprint: hex.EncodeToString(sum[:])})
}

// buyers are how many people order; each has a key of their own.
const buyers = 1000

var buyerIDs = func() []string {
	ids := make([]string, buyers)
	for i := range ids {
		ids[i] = ulid.Make().String()
	}
	return ids
}()

// placed is an order of two items, with an option and a note: about what the demo city's people order.
func placed(i int) *orderingv1.OrderEvent {
	buyer := buyerIDs[i%buyers]
	personal := func(text string, at *typev1.Location) *typev1.Personal {
		return &typev1.Personal{PersonId: buyer, Data: &typev1.PersonalData{Text: text, Location: at}}
	}
	mitte := &typev1.Location{Latitude: 52.5297, Longitude: 13.4012}
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{
		CustomerId: buyer, RestaurantId: "01KAV6Y0R0QW5SZ0Y8S6M1W3TN", RestaurantName: "Saffron & Salt", RestaurantImage: "curry-rice",
		RestaurantLocation: mitte, PreparationMinutes: 25, MenuPosition: 640,
		Subtotal: euros(3450), DeliveryFee: euros(290), Tip: euros(200), Total: euros(3940),
		DeliveryAddress: personal("Torstr. 1, second floor", mitte),
		Lines: []*orderingv1.OrderLine{
			{
				ItemId: "01KAV6Y0R0KX1W4C9T3B7ZQ8HM", Name: "Lamb rogan josh", Image: "curry-rice", Quantity: 2,
				Options:   []*orderingv1.ChosenOption{{OptionId: "hot", GroupName: "How hot", Name: "Hot"}},
				UnitPrice: euros(1450), LineTotal: euros(2900), Note: personal("not too much coriander, please", nil),
			},
			{
				ItemId: "01KAV6Y0R0D2M5N8P1Q4R7S0TV", Name: "Garlic naan", Image: "flatbread", Quantity: 1,
				UnitPrice: euros(550), LineTotal: euros(550),
			},
		},
	}}}
}

func euros(cents int64) *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: cents} }

// place appends an order as the ordering service does.
func place(ctx context.Context, orders *aggregate, i int) (id string, err error) {
	id = ulid.Make().String()
	_, err = orders.Create(commanded(ctx, id), id, func(ordering.Order) (*orderingv1.OrderEvent, error) { return placed(i), nil })
	return id, err
}

// move appends what the house decides on an order that was placed.
func move(ctx context.Context, orders *aggregate, id string, decide func(ordering.Order) (*orderingv1.OrderEvent, error)) error {
	_, err := orders.Execute(commanded(ctx, ulid.Make().String()), id, decide)
	return err
}

func confirm(o ordering.Order) (*orderingv1.OrderEvent, error) {
	return o.Confirm(&orderingv1.ConfirmOrderRequest{})
}

func complete(o ordering.Order) (*orderingv1.OrderEvent, error) {
	return o.Complete(&orderingv1.CompleteOrderRequest{})
}
