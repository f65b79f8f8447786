package restaurant

import (
	"fmt"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

// Restaurant is the part of a document that views embed.
type Restaurant struct {
	RestaurantID string `bson:"restaurant_id"`
	// Registered is false as long as only tickets speak of it.
	Registered         bool   `bson:"registered"`
	Name               string `bson:"name"`
	Description        string `bson:"description"`
	Image              string `bson:"image"`
	Address            string `bson:"address"`
	PreparationMinutes int32  `bson:"preparation_minutes"`
	Hours              Hours  `bson:"hours"`
	Currency           string `bson:"currency"`
	Paused             bool   `bson:"paused"`
	PauseReason        string `bson:"pause_reason"`
}

// Hours are opening hours as they are stored.
type Hours struct {
	TimeZone string   `bson:"time_zone"`
	Windows  []Window `bson:"windows"`
}

// Window is one stretch of opening.
type Window struct {
	Weekday int32 `bson:"weekday"`
	Opens   int32 `bson:"opens"`
	Closes  int32 `bson:"closes"`
}

// Message is the hours as the API and platform/hours take them.
func (h Hours) Message() *typev1.OpeningHours {
	out := &typev1.OpeningHours{TimeZone: h.TimeZone}
	for _, w := range h.Windows {
		out.Windows = append(out.Windows, &typev1.OpeningWindow{
			Weekday: typev1.Weekday(w.Weekday), OpensMinute: w.Opens, ClosesMinute: w.Closes,
		})
	}
	return out
}

// Apply changes what an event says about the restaurant with the id.
func (r *Restaurant) Apply(id string, data *restaurantv1.RestaurantEvent) {
	r.RestaurantID = id
	switch event := data.GetEvent().(type) {
	case *restaurantv1.RestaurantEvent_RestaurantRegistered:
		registered := event.RestaurantRegistered
		r.Registered, r.Paused, r.Currency = true, true, registered.GetCurrencyCode()
		r.present(registered.GetProfile())
		r.Hours = stored(registered.GetHours())
	case *restaurantv1.RestaurantEvent_ProfileChanged:
		r.present(event.ProfileChanged.GetProfile())
	case *restaurantv1.RestaurantEvent_HoursChanged:
		r.Hours = stored(event.HoursChanged.GetHours())
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
	r.Name, r.Description, r.Image = p.GetName(), p.GetDescription(), p.GetImage()
	r.Address, r.PreparationMinutes = p.GetAddress(), p.GetPreparationMinutes()
}

func stored(h *typev1.OpeningHours) Hours {
	out := Hours{TimeZone: h.GetTimeZone()}
	for _, w := range h.GetWindows() {
		out.Windows = append(out.Windows, Window{int32(w.GetWeekday()), w.GetOpensMinute(), w.GetClosesMinute()})
	}
	return out
}
