package ordering

import (
	"strconv"
	"time"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/geo"
	"tiffin/platform/hours"
	"tiffin/platform/problem"
)

// Place takes an order of what the menu offers at that moment, at the menu's prices. It is refused where the total that
// the customer was shown is not what it costs; the right one is then in the refusal's meta "total", in minor units.
func (o Order) Place(c *orderingv1.PlaceOrderRequest, m Menu, now time.Time) (*orderingv1.OrderEvent, error) {
	if o.Status != "" {
		return nil, problem.Refuse("ORDER_EXISTS", "an order of this id was placed already")
	}
	if err := m.takesOrders(now); err != nil {
		return nil, err
	}
	address := c.GetDeliveryAddress()
	if address == nil {
		return nil, problem.InvalidField("delivery_address", "is needed")
	}
	lines, subtotal, err := m.lines(c)
	if err != nil {
		return nil, err
	}
	if err := m.deliversTo(address); err != nil {
		return nil, err
	}
	if least := m.Terms.GetMinimumOrder().GetMinorUnits(); subtotal < least {
		return nil, problem.Refuse("BELOW_MINIMUM", "this restaurant takes orders of %s or more, without delivery and tip",
			amount(m.Currency, least)).With("minimum", strconv.FormatInt(least, 10)).With("subtotal", strconv.FormatInt(subtotal, 10))
	}
	tip, err := m.tip(c.GetTip())
	if err != nil {
		return nil, err
	}
	fee := m.Terms.GetFee().GetMinorUnits()
	total, err := add(subtotal, fee)
	if err != nil {
		return nil, err
	}
	if total, err = add(total, tip); err != nil {
		return nil, err
	}
	if e := c.GetExpectedTotal(); e.GetCurrencyCode() != m.Currency || e.GetMinorUnits() != total {
		return nil, problem.Refuse("TOTAL_CHANGED", "prices have changed: this order now costs %s", amount(m.Currency, total)).
			With("total", strconv.FormatInt(total, 10)).With("currency_code", m.Currency)
	}
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{
		CustomerId: c.GetCustomerId(), RestaurantId: c.GetRestaurantId(), RestaurantName: m.Profile.GetName(), Lines: lines,
		Subtotal: money(m.Currency, subtotal), DeliveryFee: money(m.Currency, fee), Tip: money(m.Currency, tip),
		Total: money(m.Currency, total),
		DeliveryAddress: &typev1.Personal{PersonId: c.GetCustomerId(), Data: &typev1.PersonalData{
			Text:     address.GetLine(),
			Location: &typev1.Location{Latitude: address.GetLatitude(), Longitude: address.GetLongitude()},
		}},
		MenuPosition: m.Position, PaymentToken: c.GetPaymentToken(), RestaurantImage: m.Profile.GetImage(),
		RestaurantLocation: m.Profile.GetLocation(), PreparationMinutes: m.Profile.GetPreparationMinutes(),
	}}}, nil
}

func (m Menu) takesOrders(now time.Time) error {
	switch {
	case !m.Registered:
		return problem.Missing("RESTAURANT_NOT_FOUND", "there is no such restaurant")
	case m.Paused && m.PauseReason != "":
		return problem.Refuse("RESTAURANT_PAUSED", "%s takes no orders at the moment: %s", m.Profile.GetName(), m.PauseReason)
	case m.Paused:
		return problem.Refuse("RESTAURANT_PAUSED", "%s takes no orders at the moment", m.Profile.GetName())
	case hours.IsOpen(m.Hours, now):
		return nil
	}
	opens, ever := hours.OpensAt(m.Hours, now)
	if !ever {
		return problem.Refuse("RESTAURANT_CLOSED", "%s is closed", m.Profile.GetName())
	}
	return problem.Refuse("RESTAURANT_CLOSED", "%s is closed until %s", m.Profile.GetName(), opens.Format("Monday 15:04")).
		With("opens_at", opens.Format(time.RFC3339))
}

// deliversTo is written so that an address that is nowhere (NaN) is refused.
func (m Menu) deliversTo(a *orderingv1.DeliveryAddress) error {
	if geo.Distance(m.Profile.GetLocation(), a) <= float64(m.Terms.GetRadiusMeters()) {
		return nil
	}
	return problem.Refuse("OUT_OF_AREA", "%s does not deliver to this address: it is further than %.1f km away",
		m.Profile.GetName(), float64(m.Terms.GetRadiusMeters())/1000)
}

func (m Menu) tip(t *typev1.Money) (int64, error) {
	switch {
	case t == nil:
		return 0, nil
	case t.GetCurrencyCode() != m.Currency:
		return 0, problem.InvalidField("tip.currency_code", "this restaurant's prices are in %s", m.Currency)
	case t.GetMinorUnits() < 0:
		return 0, problem.InvalidField("tip.minor_units", "can't be negative")
	}
	return t.GetMinorUnits(), nil
}
