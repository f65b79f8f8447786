package board

import (
	"google.golang.org/protobuf/proto"

	"tiffin/bff/restaurant/restaurant"
	"tiffin/bff/restaurant/ticket"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/seal"
	"tiffin/platform/view"
)

// Document is one restaurant's board.
type Document struct {
	restaurant.Restaurant `bson:",inline"`
	// Tickets that are open, or were just cancelled, oldest first.
	Tickets []ticket.Ticket `bson:"tickets"`
	// SoldOut are ids of items.
	SoldOut []string `bson:"sold_out"`
}

// Spec is what platform/view runs.
func Spec() view.Spec[Document] {
	return view.Spec[Document]{
		Name: "board", Version: 3, Newer: view.IgnoreNewer,
		Reads: []proto.Message{&kitchenv1.TicketEvent{}, &restaurantv1.RestaurantEvent{}},
		Route: Route, Apply: Apply, Personal: (*Document).personal,
		Ignores: []proto.Message{&restaurantv1.DeliveryTermsChanged{}, &restaurantv1.MenuItemPut{}},
	}
}

func (d *Document) personal() []*seal.Box {
	var boxes []*seal.Box
	for i := range d.Tickets {
		boxes = append(boxes, d.Tickets[i].Personal()...)
	}
	return boxes
}

// Route names the restaurant that an event concerns, if any.
func Route(e view.Event) []string {
	switch data := e.Data.(type) {
	case *restaurantv1.RestaurantEvent:
		switch data.GetEvent().(type) {
		case *restaurantv1.RestaurantEvent_DeliveryTermsChanged, *restaurantv1.RestaurantEvent_MenuItemPut:
			return nil
		}
		return []string{e.AggregateID}
	case *kitchenv1.TicketEvent:
		return []string{ticket.RestaurantOf(data)}
	}
	return nil
}
