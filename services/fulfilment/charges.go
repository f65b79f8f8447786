package fulfilment

import (
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

// Stage is how far the food had come when nothing more was to happen to it.
type Stage string

// The stages, and the one that stands for all.
const (
	Whenever      Stage = "anywhere"
	BeforeCooking Stage = "not begun by the kitchen"
	InTheKitchen  Stage = "in the kitchen"
	OnTheWay      Stage = "on its way"
)

// Charge is which part of the total the customer pays. The rest of what was reserved is released.
type Charge string

// The charges.
const (
	Nothing    Charge = "nothing"
	Food       Charge = "the food"
	FoodAndFee Charge = "the food and the delivery fee"
	Everything Charge = "everything, tip included"
)

// Rule says what the customer pays when an order ends in one way at one stage.
type Rule struct {
	Ending fulfilmentv1.Ending
	Stage  Stage
	Charge Charge
	Why    string
}

// Rules is the one table of charges and refunds; docs/refund-rules.md is printed from it. The first row that fits decides.
var Rules = []Rule{
	{fulfilmentv1.Ending_ENDING_DELIVERED, Whenever, Everything, "the order reached the customer"},
	{fulfilmentv1.Ending_ENDING_PAYMENT_DECLINED, Whenever, Nothing, "the card's side said no"},
	{fulfilmentv1.Ending_ENDING_PAYMENT_UNAVAILABLE, Whenever, Nothing, "the card processor did not answer in time"},
	{fulfilmentv1.Ending_ENDING_RESTAURANT_REJECTED, Whenever, Nothing, "the restaurant would not cook it"},
	{fulfilmentv1.Ending_ENDING_ITEMS_SOLD_OUT, Whenever, Nothing, "something was sold out between order and acceptance"},
	{fulfilmentv1.Ending_ENDING_RESTAURANT_SILENT, Whenever, Nothing, "the restaurant did not answer in time"},
	{fulfilmentv1.Ending_ENDING_KITCHEN_OVERDUE, Whenever, Nothing, "the food was not ready long after it should have been"},
	{fulfilmentv1.Ending_ENDING_NO_COURIER, Whenever, Nothing, "nobody took the delivery"},
	{fulfilmentv1.Ending_ENDING_COURIER_VANISHED, Whenever, Nothing, "couriers took the delivery and did not collect it"},
	{fulfilmentv1.Ending_ENDING_CUSTOMER_UNREACHABLE, Whenever, FoodAndFee, "the courier came, and nobody was there to take it"},
	{fulfilmentv1.Ending_ENDING_DELIVERY_FAILED, Whenever, Nothing, "the food was lost or damaged on its way"},
	{fulfilmentv1.Ending_ENDING_CUSTOMER_CANCELLED, BeforeCooking, Nothing, "cancelling is free until the kitchen starts"},
	{fulfilmentv1.Ending_ENDING_CUSTOMER_CANCELLED, InTheKitchen, Food, "the food was cooked for nobody else"},
	{fulfilmentv1.Ending_ENDING_CUSTOMER_CANCELLED, OnTheWay, Everything, "the food was on its way and comes all the same"},
	{fulfilmentv1.Ending_ENDING_CALLED_OFF, Whenever, Nothing, "the house called it off"},
}

func (f Fulfilment) stage() Stage {
	switch {
	case f.PickedUp:
		return OnTheWay
	case f.Cooking:
		return InTheKitchen
	}
	return BeforeCooking
}

// charge returns what the customer is to pay, in minor units of the order's currency.
func (f Fulfilment) charge() *typev1.Money {
	for _, r := range Rules {
		if r.Ending == f.Ending && (r.Stage == Whenever || r.Stage == f.stage()) {
			return &typev1.Money{CurrencyCode: f.Order.GetTotal().GetCurrencyCode(), MinorUnits: r.Charge.of(f)}
		}
	}
	return &typev1.Money{CurrencyCode: f.Order.GetTotal().GetCurrencyCode()}
}

func (c Charge) of(f Fulfilment) int64 {
	switch c {
	case Food:
		return f.Order.GetSubtotal().GetMinorUnits()
	case FoodAndFee:
		return f.Order.GetSubtotal().GetMinorUnits() + f.Order.GetDeliveryFee().GetMinorUnits()
	case Everything:
		return f.Order.GetTotal().GetMinorUnits()
	case Nothing:
	}
	return 0
}
