package sales

import (
	"time"

	"google.golang.org/protobuf/proto"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/view"
)

// Document is one order as far as it is a sale.
type Document struct {
	RestaurantID string `bson:"restaurant_id"`
	// PlacedAt is zero until the order was heard of.
	PlacedAt time.Time `bson:"placed_at"`
	// Subtotal is the food, in minor units.
	Subtotal int64  `bson:"subtotal"`
	Lines    []Line `bson:"lines"`
	// What the kitchen and ordering said of it.
	Accepted  bool `bson:"accepted"`
	Started   bool `bson:"started"`
	Rejected  bool `bson:"rejected"`
	Cancelled bool `bson:"cancelled"`
}

// Line is what was sold of one item.
type Line struct {
	ItemID   string `bson:"item_id"`
	Name     string `bson:"name"`
	Quantity int32  `bson:"quantity"`
	Total    int64  `bson:"total"`
}

// Counts reports whether the restaurant earned it: accepted, not rejected by either side, and, where it was cancelled,
// only if cooking had begun, for then the customer pays.
func (d Document) Counts() bool {
	return d.Accepted && !d.Rejected && (!d.Cancelled || d.Started)
}

// Spec is what platform/view runs.
func Spec() view.Spec[Document] {
	return view.Spec[Document]{
		Name: "sales", Version: 2, Newer: view.IgnoreNewer,
		Reads: []proto.Message{&kitchenv1.TicketEvent{}, &orderingv1.OrderEvent{}},
		Route: Route, Apply: Apply,
		Ignores: []proto.Message{
			&kitchenv1.TicketOpened{}, &kitchenv1.TicketDelayed{}, &kitchenv1.TicketReady{}, &kitchenv1.TicketHandedOver{},
			&orderingv1.OrderConfirmed{}, &orderingv1.OrderCompleted{},
		},
		Indexes: Indexes(),
	}
}
