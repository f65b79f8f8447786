package check

import (
	"regexp"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/eventlog"
)

// effects are what the log says has happened, so that a command which changed nothing can be believed: somebody else's command
// has done before what it asks for.
type effects map[effect]uint64

// effect is that a type of event has happened to something; the value is where it did first.
type effect struct{ kind, id string }

func newEffects() effects { return effects{} }

func (f effects) event(e eventlog.Event) {
	f.note(effect{e.Type, e.AggregateID}, e.Position)
	switch data := e.Data.(type) {
	case *courierv1.CourierEvent: // couriers are asked for by the delivery
		for _, id := range []string{
			data.GetOfferAccepted().GetDeliveryId(), data.GetOfferDeclined().GetDeliveryId(), data.GetShiftEnded().GetDeliveryId(),
		} {
			if id != "" {
				f.note(effect{e.Type, id}, e.Position)
			}
		}
	case *restaurantv1.RestaurantEvent: // and dishes by their own id
		for _, id := range []string{
			data.GetItemSoldOut().GetItemId(), data.GetItemBack().GetItemId(), data.GetMenuItemPut().GetItem().GetItemId(),
			data.GetMenuItemRemoved().GetItemId(),
		} {
			if id != "" {
				f.note(effect{e.Type, id}, e.Position)
			}
		}
	}
}

func (f effects) note(e effect, position uint64) {
	if f[e] == 0 {
		f[e] = position
	}
}

// does is which events a command leads to, and what in its path they happen to. An order is placed by its own command or not at
// all, so that is not among them; nor is what the people of the city don't do.
var does = []struct {
	path  *regexp.Regexp
	kinds []string
}{
	{regexp.MustCompile(`/orders/([^/:]+):cancel$`), []string{"ordering.OrderCancelled"}},
	{regexp.MustCompile(`/tickets/([^/:]+):accept$`), []string{"kitchen.TicketAccepted"}},
	{regexp.MustCompile(`/tickets/([^/:]+):delay$`), []string{"kitchen.TicketDelayed", "kitchen.TicketAccepted"}},
	{regexp.MustCompile(`/tickets/([^/:]+):reject$`), []string{"kitchen.TicketRejected"}},
	{regexp.MustCompile(`/tickets/([^/:]+):start$`), []string{"kitchen.TicketStarted"}},
	{regexp.MustCompile(`/tickets/([^/:]+):ready$`), []string{"kitchen.TicketReady", "kitchen.TicketHandedOver"}},
	{regexp.MustCompile(`/tickets/([^/:]+):handOver$`), []string{"kitchen.TicketHandedOver"}},
	{regexp.MustCompile(`/restaurants/([^/:]+):open$`), []string{"restaurant.RestaurantOpened", "restaurant.RestaurantRegistered"}},
	{regexp.MustCompile(`/restaurants/([^/:]+):pause$`), []string{"restaurant.RestaurantPaused"}},
	{regexp.MustCompile(`/menu/items/([^/:]+):soldOut$`), []string{"restaurant.ItemSoldOut"}},
	{regexp.MustCompile(`/menu/items/([^/:]+):back$`), []string{"restaurant.ItemBack", "restaurant.MenuItemPut"}},
	{regexp.MustCompile(`/menu/items/([^/:]+)$`), []string{"restaurant.MenuItemPut", "restaurant.MenuItemRemoved"}},
	{regexp.MustCompile(`/couriers/([^/:]+):startShift$`), []string{"courier.ShiftStarted"}},
	{regexp.MustCompile(`/couriers/([^/:]+):endShift$`), []string{"courier.ShiftEnded"}},
	{regexp.MustCompile(`/deliveries/([^/:]+):accept$`), []string{"courier.OfferAccepted"}},
	{regexp.MustCompile(`/deliveries/([^/:]+):decline$`), []string{"courier.OfferDeclined", "courier.ShiftEnded"}},
	{regexp.MustCompile(`/deliveries/([^/:]+):pickUp$`), []string{"delivery.DeliveryPickedUp"}},
	{regexp.MustCompile(`/deliveries/([^/:]+):deliver$`), []string{"delivery.DeliveryDelivered"}},
	{regexp.MustCompile(`/deliveries/([^/:]+):release$`), []string{"delivery.DeliveryReleased"}},
	{regexp.MustCompile(`/deliveries/([^/:]+):fail$`), []string{"delivery.DeliveryFailed"}},
}

// there reports whether what a command asks for was the case by the time that its answer tells of.
func (f effects) there(path string, upTo map[string]uint64) bool {
	for _, d := range does {
		m := d.path.FindStringSubmatch(path)
		if m == nil {
			continue
		}
		for _, kind := range d.kinds {
			if at := f[effect{kind, m[1]}]; at > 0 && at <= upTo[domainOf(kind)] {
				return true
			}
		}
		return false
	}
	return false
}
