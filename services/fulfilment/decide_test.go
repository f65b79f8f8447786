package fulfilment_test

import (
	"slices"
	"testing"

	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
)

func TestTheUsualWay(t *testing.T) {
	run(t, []scenario{
		{name: "placed", when: placed, then: "FulfilmentStarted", sends: []string{"AuthorizePayment"}, timers: []string{"authorization 12:10"}},
		{name: "placed again", given: after(), when: placed},
		{name: "authorized", given: after(), when: authorized, then: "PaymentSecured", sends: []string{"OpenTicket"}, timers: []string{"answer 12:06"}},
		{
			name: "accepted", given: after(authorized), when: accepted, then: "KitchenAgreed",
			sends: []string{"ConfirmOrder", "RequestDelivery"}, timers: []string{"cooking 13:30"},
		},
		{name: "started", given: after(authorized, accepted), when: started, then: "CookingStarted"},
		{name: "ready before a courier was found", given: after(authorized, accepted, started), when: ready, then: "FoodReady"},
		{
			name: "a courier after it was ready", given: after(authorized, accepted, started, ready), when: assigned(rider),
			then: "CourierFound", timers: []string{"collection 12:20"},
		},
		{
			name: "ready after a courier was found", given: after(authorized, accepted, assigned(rider), started), when: ready,
			then: "FoodReady", timers: []string{"collection 12:20"},
		},
		{
			name: "picked up", given: after(authorized, accepted, started, ready, assigned(rider)), when: pickedUp,
			then: "FoodCollected", sends: []string{"HandOverTicket"}, timers: []string{"arrival 14:06"},
		},
		{
			name: "picked up after the restaurant handed it over", given: after(authorized, accepted, started, ready, assigned(rider), handedOver),
			when: pickedUp, then: "FoodCollected", timers: []string{"arrival 14:07"},
		},
		{
			name: "delivered", given: after(authorized, accepted, started, ready, assigned(rider), pickedUp), when: delivered,
			then: "DeliverySettled DELIVERED", sends: []string{"CapturePayment 2500"},
		},
		{
			name: "captured", given: after(authorized, accepted, started, ready, assigned(rider), pickedUp, delivered), when: captured,
			then: "PaymentSettled", sends: []string{"CompleteOrder"},
		},
		{
			name:  "all is answered",
			given: after(authorized, accepted, started, ready, assigned(rider), pickedUp, delivered, captured),
			when:  answered(&orderingv1.CompleteOrderRequest{}), then: "FulfilmentEnded DELIVERED",
		},
		{
			name:  "after the end nothing is news",
			given: after(authorized, accepted, started, ready, assigned(rider), pickedUp, delivered, captured, answered(&orderingv1.CompleteOrderRequest{})),
			when:  customerCancelled,
		},
	})
}

func TestThePayment(t *testing.T) {
	run(t, []scenario{
		{
			name: "declined", given: after(), when: declined, then: "PaymentSettled PAYMENT_DECLINED",
			sends: []string{"RejectOrder PAYMENT_DECLINED: No funds"},
		},
		{
			name: "refused", given: after(), when: refused(&paymentv1.AuthorizePaymentRequest{}), then: "PaymentSettled PAYMENT_DECLINED",
			sends: []string{"RejectOrder PAYMENT_DECLINED: The payment could not be made."},
		},
		{
			name: "the processor is down", given: after(), when: fired("authorization"), then: "FulfilmentTurned PAYMENT_UNAVAILABLE",
			sends: []string{"RejectOrder PAYMENT_UNAVAILABLE: The payment could not be made at the moment.", "VoidPayment"},
		},
		{name: "the deadline passes while it is authorized", given: after(authorized), when: fired("authorization")},
		{name: "authorized after all", given: after(fired("authorization")), when: authorized},
		{
			name: "released after all", given: after(fired("authorization")), when: voided, then: "FulfilmentEnded PAYMENT_UNAVAILABLE",
		},
		{
			name: "the capture fails for good", given: after(authorized, accepted, assigned(rider), started, ready, pickedUp, delivered),
			when: failed, again: true, then: "CaptureFailed", sends: []string{"VoidPayment"},
		},
		{
			name: "the capture is refused", given: after(authorized, accepted, assigned(rider), started, ready, pickedUp, delivered),
			when: refused(&paymentv1.CapturePaymentRequest{}), then: "CaptureFailed", sends: []string{"VoidPayment"},
		},
		{
			name: "and the release fails, too", given: after(authorized, accepted, assigned(rider), started, ready, pickedUp, delivered, failed),
			when: failed, then: "PaymentSettled", sends: []string{"CompleteOrder"},
		},
	})
}

func TestTheRestaurant(t *testing.T) {
	run(t, []scenario{
		{
			name: "rejects", given: after(authorized), when: rejected("TOO_BUSY"), then: "KitchenSettled RESTAURANT_REJECTED",
			sends: []string{"RejectOrder RESTAURANT_REJECTED: Sorry", "VoidPayment"},
		},
		{
			name: "is sold out", given: after(authorized), when: rejected("ITEMS_SOLD_OUT"), then: "KitchenSettled ITEMS_SOLD_OUT",
			sends: []string{"RejectOrder ITEMS_SOLD_OUT: Sorry", "VoidPayment"},
		},
		{
			name: "rejects what it had accepted", given: after(authorized, accepted), when: rejected("TOO_BUSY"),
			then: "KitchenSettled RESTAURANT_REJECTED", sends: []string{"CancelOrder RESTAURANT_REJECTED", "CancelDelivery"},
		},
		{
			name: "says nothing", given: after(authorized), when: fired("answer"), then: "FulfilmentTurned RESTAURANT_SILENT",
			sends: []string{"RejectOrder RESTAURANT_SILENT: The restaurant did not answer.", "CancelTicket"},
		},
		{name: "accepts too late", given: after(authorized, fired("answer")), when: accepted},
		{
			name: "had even begun", given: after(authorized, fired("answer")), when: ticketCancelled(true),
			then: "KitchenSettled CALLED_OFF", sends: []string{"VoidPayment"},
		},
		{name: "answers as the deadline passes", given: after(authorized, accepted), when: fired("answer")},
		{
			name: "takes no ticket", given: after(authorized), when: refused(&kitchenv1.OpenTicketRequest{}),
			then:  "KitchenSettled RESTAURANT_REJECTED",
			sends: []string{"RejectOrder RESTAURANT_REJECTED: The restaurant can't take the order.", "VoidPayment"},
		},
		{
			name: "never gets ready", given: after(authorized, accepted, started), when: fired("cooking"), then: "FulfilmentTurned KITCHEN_OVERDUE",
			sends: []string{"CancelOrder KITCHEN_OVERDUE", "CancelTicket", "CancelDelivery"},
		},
		{
			name: "never said that it was ready", given: after(authorized, accepted, assigned(rider), pickedUp),
			when: refused(&kitchenv1.HandOverTicketRequest{}), then: "CommandAnswered", sends: []string{"CancelTicket"},
		},
	})
}

func TestTheCourier(t *testing.T) {
	cooked := after(authorized, accepted, started, ready)
	found := slices.Concat(cooked, inputs(assigned(rider)))
	onTheWay := slices.Concat(found, inputs(pickedUp))
	run(t, []scenario{
		{
			name: "nobody takes it", given: cooked, when: deliveryFailed("NO_COURIER", false), then: "DeliverySettled NO_COURIER",
			sends: []string{"CancelOrder NO_COURIER", "CancelTicket"},
		},
		{
			name: "the cooked food of nobody's delivery costs nothing", given: slices.Concat(cooked, inputs(deliveryFailed("NO_COURIER", false))),
			when: ticketCancelled(true), then: "KitchenSettled CALLED_OFF", sends: []string{"VoidPayment"},
		},
		{
			name: "can't be brought there", given: after(authorized, accepted), when: refused(&deliveryv1.RequestDeliveryRequest{}),
			then: "DeliverySettled NO_COURIER", sends: []string{"CancelOrder NO_COURIER", "CancelTicket"},
		},
		{name: "gives it back", given: found, when: released, then: "CourierGone"},
		{name: "a second courier", given: slices.Concat(found, inputs(released)), when: assigned(other), then: "CourierFound", timers: []string{"collection 12:22"}},
		{
			name: "vanishes", given: found, when: fired("collection"), then: "CollectionOverdue", sends: []string{"ReleaseDelivery " + rider},
		},
		{
			name:  "the third vanishes",
			given: slices.Concat(found, inputs(fired("collection"), released, assigned(rider), fired("collection"), released, assigned(rider))),
			when:  fired("collection"), then: "FulfilmentTurned COURIER_VANISHED", sends: []string{"CancelOrder COURIER_VANISHED", "CancelTicket", "CancelDelivery"},
		},
		{name: "collects it as the deadline passes", given: onTheWay, when: fired("collection")},
		{
			name: "drops it", given: onTheWay, when: deliveryFailed("FOOD_DAMAGED", true), then: "DeliverySettled DELIVERY_FAILED",
			sends: []string{"CancelOrder DELIVERY_FAILED", "VoidPayment"},
		},
		{
			name: "finds nobody there", given: onTheWay, when: deliveryFailed("NOBODY_THERE", true), then: "DeliverySettled CUSTOMER_UNREACHABLE",
			sends: []string{"CancelOrder CUSTOMER_UNREACHABLE", "CapturePayment 2300"},
		},
		{
			name: "vanishes with the food", given: onTheWay, when: fired("arrival"), then: "ArrivalOverdue", sends: []string{"FailDelivery COURIER_LOST"},
		},
	})
}

func TestTheCustomerCancels(t *testing.T) {
	cooked := after(authorized, accepted, started, ready, assigned(rider))
	onTheWay := slices.Concat(cooked, inputs(pickedUp))
	run(t, []scenario{
		{name: "before it was paid", given: after(), when: customerCancelled, then: "FulfilmentTurned CUSTOMER_CANCELLED", sends: []string{"VoidPayment"}},
		{name: "and the authorization comes later", given: after(customerCancelled), when: authorized},
		{name: "before the restaurant answered", given: after(authorized), when: customerCancelled, then: "FulfilmentTurned CUSTOMER_CANCELLED", sends: []string{"CancelTicket"}},
		{
			name: "before the kitchen started", given: after(authorized, customerCancelled), when: ticketCancelled(false),
			then: "KitchenSettled CALLED_OFF", sends: []string{"VoidPayment"},
		},
		{
			name: "after the kitchen started, which the kitchen decides", given: after(authorized, accepted, customerCancelled, cancelledDelivery),
			when: ticketCancelled(true), then: "KitchenSettled CALLED_OFF", sends: []string{"CapturePayment 2000"},
		},
		{
			name: "the charge waits for the courier", given: after(authorized, accepted, customerCancelled), when: ticketCancelled(true),
			then: "KitchenSettled CALLED_OFF",
		},
		{name: "while it is on its way", given: onTheWay, when: customerCancelled, then: "FulfilmentTurned CUSTOMER_CANCELLED"},
		{
			name: "and it comes all the same", given: slices.Concat(onTheWay, inputs(customerCancelled)), when: delivered,
			then: "DeliverySettled DELIVERED", sends: []string{"CapturePayment 2500"},
		},
		{
			name: "as the courier picks it up", given: slices.Concat(cooked, inputs(customerCancelled, ticketCancelled(true))), when: pickedUp,
			then: "FoodCollected", timers: []string{"arrival 14:08"},
		},
		{
			name: "and all is released", given: after(authorized, customerCancelled, ticketCancelled(false)), when: voided,
			then: "FulfilmentEnded CUSTOMER_CANCELLED",
		},
	})
}

func TestTheHouseCallsItOff(t *testing.T) {
	run(t, []scenario{
		{name: "operations reject the order", given: after(authorized), when: orderRejected, then: "FulfilmentTurned CALLED_OFF", sends: []string{
			"RejectOrder CALLED_OFF: The order was called off.", "CancelTicket",
		}},
		{name: "operations cancel the ticket", given: after(authorized, accepted), when: ticketCancelled(false), then: "KitchenSettled CALLED_OFF", sends: []string{
			"CancelOrder CALLED_OFF", "CancelDelivery",
		}},
		{name: "operations cancel the delivery", given: after(authorized, accepted), when: cancelledDelivery, then: "DeliverySettled CALLED_OFF", sends: []string{
			"CancelOrder CALLED_OFF", "CancelTicket",
		}},
		{name: "a longer time", given: after(authorized, accepted), when: delayed, again: true, then: "KitchenAgreed", timers: []string{"cooking 13:50"}},
	})
}
