package restaurant

import (
	"fmt"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
)

// Route names the restaurant that an event concerns, if any.
func Route(e eventlog.Event) []string {
	if _, ok := e.Data.(*restaurantv1.RestaurantEvent); ok {
		return []string{e.AggregateID}
	}
	return nil
}

// Apply changes what an event that Route sent here says about the restaurant.
func (r *Restaurant) Apply(e eventlog.Event) {
	if data, ok := e.Data.(*restaurantv1.RestaurantEvent); ok {
		r.RestaurantID = e.AggregateID
		r.evolve(data)
	}
}

func (r *Restaurant) evolve(data *restaurantv1.RestaurantEvent) {
	switch event := data.GetEvent().(type) {
	case *restaurantv1.RestaurantEvent_RestaurantRegistered:
		registered := event.RestaurantRegistered
		r.Registered, r.Paused = true, true
		r.Currency = registered.GetCurrencyCode()
		r.present(registered.GetProfile())
		r.Hours = stored(registered.GetHours())
		r.deliver(registered.GetDeliveryTerms())
	case *restaurantv1.RestaurantEvent_ProfileChanged:
		r.present(event.ProfileChanged.GetProfile())
	case *restaurantv1.RestaurantEvent_HoursChanged:
		r.Hours = stored(event.HoursChanged.GetHours())
	case *restaurantv1.RestaurantEvent_DeliveryTermsChanged:
		r.deliver(event.DeliveryTermsChanged.GetDeliveryTerms())
	case *restaurantv1.RestaurantEvent_RestaurantOpened:
		r.Paused, r.PauseReason = false, ""
	case *restaurantv1.RestaurantEvent_RestaurantPaused:
		r.Paused, r.PauseReason = true, event.RestaurantPaused.GetReason()
	case *restaurantv1.RestaurantEvent_MenuItemPut, *restaurantv1.RestaurantEvent_MenuItemRemoved,
		*restaurantv1.RestaurantEvent_ItemSoldOut, *restaurantv1.RestaurantEvent_ItemBack:
		// The menu is the embedding views'.
	default:
		panic(fmt.Errorf("unknown restaurant event %T", event)) // a fault: the view keeps it until a version that knows it
	}
}

func (r *Restaurant) present(p *restaurantv1.Profile) {
	r.Name, r.Description, r.Cuisines = p.GetName(), p.GetDescription(), p.GetCuisines()
	r.Image, r.Address, r.PreparationMinutes = p.GetImage(), p.GetAddress(), p.GetPreparationMinutes()
	r.Latitude, r.Longitude = p.GetLocation().GetLatitude(), p.GetLocation().GetLongitude()
}

func (r *Restaurant) deliver(t *restaurantv1.DeliveryTerms) {
	r.RadiusMeters, r.Fee, r.MinimumOrder = t.GetRadiusMeters(), t.GetFee().GetMinorUnits(), t.GetMinimumOrder().GetMinorUnits()
}

func stored(h *typev1.OpeningHours) Hours {
	out := Hours{TimeZone: h.GetTimeZone()}
	for _, w := range h.GetWindows() {
		out.Windows = append(out.Windows, Window{int32(w.GetWeekday()), w.GetOpensMinute(), w.GetClosesMinute()})
	}
	return out
}
