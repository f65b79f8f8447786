package ordering_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/services/ordering"
)

type placement = orderingv1.PlaceOrderRequest

// lunch is two large dals with rice and raita, and a naan: 2 × 12.60 + 3.00, 2.50 for delivery and a tip of 1.50.
var lunch = &placement{
	CustomerId: ada, RestaurantId: saffron, Tip: eur(150), ExpectedTotal: eur(3220), PaymentToken: "tok_visa",
	Items: []*orderingv1.OrderedItem{
		{ItemId: dal, Quantity: 2, OptionIds: []string{"raita", "large", "rice"}, Note: "Mild, please"},
		{ItemId: naan, Quantity: 1},
	},
	DeliveryAddress: &orderingv1.DeliveryAddress{Line: "Torstr. 1", Latitude: 52.535, Longitude: 13.41},
}

func TestPlace(t *testing.T) {
	offer := menu(t, registered, dalOnTop, naanToo, opened)
	at := func(m ordering.Menu, now time.Time, change func(*placement)) func(ordering.Order) (*event, error) {
		return func(o ordering.Order) (*event, error) { return o.Place(but(lunch, change), m, now) }
	}
	of := func(m ordering.Menu) func(ordering.Order) (*event, error) { return at(m, monday, func(*placement) {}) }
	when := func(change func(*placement)) func(ordering.Order) (*event, error) { return at(offer, monday, change) }
	huge := func(price int64) ordering.Menu {
		return menu(t, registered, opened, naanToo, but(dalOnTop, func(e *restaurant) { e.GetMenuItemPut().Item.Price.MinorUnits = price }))
	}
	run(t, []scenario{
		{name: "lunch", when: of(offer), then: &event{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{
			CustomerId: ada, RestaurantId: saffron, RestaurantName: "Saffron",
			Lines: []*orderingv1.OrderLine{
				{
					ItemId: dal, Name: "Dal", Image: "pot-of-food", Quantity: 2, UnitPrice: eur(1260), LineTotal: eur(2520),
					Options: []*orderingv1.ChosenOption{
						{OptionId: "large", GroupName: "Size", Name: "Large", PriceDifference: 150},
						{OptionId: "rice", GroupName: "Extras", Name: "Rice", PriceDifference: 100},
						{OptionId: "raita", GroupName: "Extras", Name: "Raita", PriceDifference: 120},
					},
					Note: &typev1.Personal{PersonId: ada, Data: &typev1.PersonalData{Text: "Mild, please"}},
				},
				{ItemId: naan, Name: "Naan", Quantity: 1, UnitPrice: eur(300), LineTotal: eur(300)},
			},
			Subtotal: eur(2820), DeliveryFee: eur(250), Tip: eur(150), Total: eur(3220), PaymentToken: "tok_visa",
			DeliveryAddress: &typev1.Personal{PersonId: ada, Data: &typev1.PersonalData{
				Text: "Torstr. 1", Location: &typev1.Location{Latitude: 52.535, Longitude: 13.41},
			}},
			MenuPosition: 4, RestaurantImage: "curry-rice", PreparationMinutes: 20,
			RestaurantLocation: &typev1.Location{Latitude: 52.53, Longitude: 13.4},
		}}}},
		{name: "again", given: events{placed}, when: of(offer), refused: "ORDER_EXISTS"},
		{name: "after it was closed", given: events{placed, rejected}, when: of(offer), refused: "ORDER_EXISTS"},
		{name: "of nobody", when: of(ordering.Menu{}), refused: "RESTAURANT_NOT_FOUND"},
		{name: "before it ever opened", when: of(menu(t, registered, dalOnTop, naanToo)), refused: "RESTAURANT_PAUSED"},
		{name: "in a pause", when: of(menu(t, registered, dalOnTop, naanToo, opened, paused("Too busy"))), refused: "RESTAURANT_PAUSED"},
		{
			name: "at night", when: at(offer, monday.Add(12*time.Hour), func(*placement) {}), refused: "RESTAURANT_CLOSED",
			meta: map[string]string{"opens_at": "2026-11-30T11:00:00+01:00"},
		},
		{
			name: "something unknown", when: when(func(c *placement) { c.Items[1].ItemId = ada }), refused: "ITEM_NOT_FOUND",
			meta: map[string]string{"item_id": ada},
		},
		{name: "something removed", when: of(menu(t, registered, dalOnTop, naanToo, opened, naanGone)), refused: "ITEM_NOT_FOUND"},
		{
			name: "something sold out", when: of(menu(t, registered, dalOnTop, naanToo, opened, naanSoldOut)), refused: "ITEM_SOLD_OUT",
			meta: map[string]string{"item_id": naan},
		},
		{name: "an unknown option", when: when(func(c *placement) { c.Items[0].OptionIds[1] = "huge" }), refused: "OPTION_NOT_FOUND"},
		{name: "an option of another item", when: when(func(c *placement) { c.Items[1].OptionIds = []string{"rice"} }), refused: "OPTION_NOT_FOUND"},
		{
			name: "no size", when: when(func(c *placement) { c.Items[0].OptionIds = nil }), refused: "CHOICES_MISSING",
			meta: map[string]string{"group_id": "size"},
		},
		{
			name: "two sizes", when: when(func(c *placement) { c.Items[0].OptionIds = []string{"small", "large"} }),
			refused: "TOO_MANY_CHOICES", meta: map[string]string{"group_id": "size"},
		},
		{
			name: "one option twice", when: when(func(c *placement) { c.Items[0].OptionIds = []string{"small", "small"} }),
			refused: "INVALID_ARGUMENT", field: "items[0].option_ids[1]",
		},
		{name: "none of it", when: when(func(c *placement) { c.Items[0].Quantity = 0 }), refused: "INVALID_ARGUMENT", field: "items[0].quantity"},
		{name: "a hundred", when: when(func(c *placement) { c.Items[1].Quantity = 100 }), refused: "INVALID_ARGUMENT", field: "items[1].quantity"},
		{name: "nothing", when: when(func(c *placement) { c.Items = nil }), refused: "INVALID_ARGUMENT", field: "items"},
		{name: "to nowhere", when: when(func(c *placement) { c.DeliveryAddress = nil }), refused: "INVALID_ARGUMENT", field: "delivery_address"},
		{name: "to the other side of town", when: when(func(c *placement) { c.DeliveryAddress.Longitude = 13.5 }), refused: "OUT_OF_AREA"},
		{name: "to no number", when: when(func(c *placement) { c.DeliveryAddress.Latitude = math.NaN() }), refused: "OUT_OF_AREA"},
		{
			name: "too little, whatever the tip", refused: "BELOW_MINIMUM", meta: map[string]string{"minimum": "1000", "subtotal": "300"},
			when: when(func(c *placement) { c.Items, c.Tip, c.ExpectedTotal = c.Items[1:], eur(9000), eur(9550) }),
		},
		{name: "a tip in dollars", when: when(func(c *placement) { c.Tip.CurrencyCode = "USD" }), refused: "INVALID_ARGUMENT", field: "tip.currency_code"},
		{name: "a tip that takes", when: when(func(c *placement) { c.Tip.MinorUnits = -1 }), refused: "INVALID_ARGUMENT", field: "tip.minor_units"},
		{
			name: "at an old price", when: when(func(c *placement) { c.ExpectedTotal.MinorUnits = 3219 }), refused: "TOTAL_CHANGED",
			meta: map[string]string{"total": "3220", "currency_code": "EUR"},
		},
		{name: "at a price in dollars", when: when(func(c *placement) { c.ExpectedTotal.CurrencyCode = "USD" }), refused: "TOTAL_CHANGED"},
		{name: "without an expectation", when: when(func(c *placement) { c.ExpectedTotal = nil }), refused: "TOTAL_CHANGED"},
		{name: "a unit beyond counting", when: of(huge(math.MaxInt64)), refused: "INVALID_ARGUMENT", field: "items"},
		{name: "a line beyond counting", when: of(huge(math.MaxInt64 / 2)), refused: "INVALID_ARGUMENT", field: "items"},
		{
			name: "a tip beyond counting", when: when(func(c *placement) { c.Tip.MinorUnits = math.MaxInt64 }),
			refused: "INVALID_ARGUMENT", field: "items",
		},
	})
}

func TestWithoutATipNoneIsTaken(t *testing.T) {
	offer := menu(t, registered, dalOnTop, naanToo, opened, naanSoldOut, naanBack)
	got, err := ordering.Order{}.Place(but(lunch, func(c *placement) { c.Tip, c.ExpectedTotal = nil, eur(3070) }), offer, monday)
	if err != nil {
		t.Fatal(err)
	}
	if p := got.GetOrderPlaced(); p.GetTip().GetMinorUnits() != 0 || p.GetTip().GetCurrencyCode() != "EUR" || p.GetMenuPosition() != 6 {
		t.Fatalf("tip %v, position %d", p.GetTip(), p.GetMenuPosition())
	}
}

// Whatever is ordered, the total that a refusal names is one that is then accepted, and the sums of the order add up.
func TestTheTotalAddsUp(t *testing.T) {
	offer := menu(t, registered, dalOnTop, naanToo, opened)
	rapid.Check(t, func(t *rapid.T) {
		c := but(lunch, func(c *placement) {
			c.Items[0].Quantity = rapid.Int32Range(2, 99).Draw(t, "dal")
			c.Items[1].Quantity = rapid.Int32Range(1, 99).Draw(t, "naan")
			c.Items[0].OptionIds = []string{rapid.SampledFrom([]string{"small", "large"}).Draw(t, "size")}
			c.Tip.MinorUnits = rapid.Int64Range(0, 1<<40).Draw(t, "tip")
			c.ExpectedTotal.MinorUnits = -1
		})
		total := totalOf(t, c, offer)
		c.ExpectedTotal.MinorUnits = total
		e, err := ordering.Order{}.Place(c, offer, monday)
		if err != nil {
			t.Fatal(err)
		}
		p := e.GetOrderPlaced()
		var lines int64
		for _, l := range p.GetLines() {
			if l.GetUnitPrice().GetMinorUnits()*int64(l.GetQuantity()) != l.GetLineTotal().GetMinorUnits() {
				t.Fatalf("%v does not add up", l)
			}
			lines += l.GetLineTotal().GetMinorUnits()
		}
		if lines != p.GetSubtotal().GetMinorUnits() || lines+p.GetDeliveryFee().GetMinorUnits()+p.GetTip().GetMinorUnits() != total {
			t.Fatalf("%v does not add up", p)
		}
	})
}

// Ordering's menu is to know every event of a restaurant: a new one fails here until it does.
func TestEveryEventOfARestaurantIsKnown(t *testing.T) {
	fields := (&restaurantv1.RestaurantEvent{}).ProtoReflect().Descriptor().Oneofs().ByName("event").Fields()
	for i := range fields.Len() {
		e := &restaurant{}
		m := e.ProtoReflect()
		m.Set(fields.Get(i), m.NewField(fields.Get(i)))
		if _, err := (ordering.Menu{}).After(e, 1); err != nil {
			t.Errorf("%s: %v", fields.Get(i).Name(), err)
		}
	}
	if _, err := (ordering.Menu{}).After(&restaurant{}, 1); err == nil {
		t.Error("an empty event is known")
	}
}
