package orders_test

import (
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
)

// What happens to an order, in the words of the four domains.
var (
	confirmed = &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderConfirmed{}}
	completed = &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCompleted{}}

	authorized = &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_PaymentAuthorized{
		PaymentAuthorized: &paymentv1.PaymentAuthorized{Amount: eur(1300)},
	}}
	declined = &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_PaymentDeclined{
		PaymentDeclined: &paymentv1.PaymentDeclined{ReasonCode: "CARD_EXPIRED", Reason: "The card has expired"},
	}}
	voided = &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_PaymentVoided{PaymentVoided: &paymentv1.PaymentVoided{}}}

	opened = &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketOpened{
		TicketOpened: &kitchenv1.TicketOpened{AnswerBy: timestamppb.New(start.Add(5 * time.Minute))},
	}}
	accepted = &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketAccepted{
		TicketAccepted: &kitchenv1.TicketAccepted{ReadyAt: timestamppb.New(start.Add(20 * time.Minute))},
	}}
	delayed = &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketDelayed{
		TicketDelayed: &kitchenv1.TicketDelayed{ReadyAt: timestamppb.New(start.Add(30 * time.Minute))},
	}}
	soldOut = &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketRejected{TicketRejected: &kitchenv1.TicketRejected{
		ReasonCode: "ITEMS_SOLD_OUT", Reason: "No more dal", SoldOutItemIds: []string{"i"},
	}}}
	started = &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketStarted{TicketStarted: &kitchenv1.TicketStarted{}}}
	ready   = &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketReady{TicketReady: &kitchenv1.TicketReady{}}}

	assigned = &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryAssigned{
		DeliveryAssigned: &deliveryv1.DeliveryAssigned{CourierId: "ben"},
	}}
	released = &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryReleased{
		DeliveryReleased: &deliveryv1.DeliveryReleased{CourierId: "ben"},
	}}
	pickedUp = &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryPickedUp{
		DeliveryPickedUp: &deliveryv1.DeliveryPickedUp{CourierId: "ben"},
	}}
	delivered = &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryDelivered{
		DeliveryDelivered: &deliveryv1.DeliveryDelivered{CourierId: "ben"},
	}}
	calledOff = &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryCancelled{
		DeliveryCancelled: &deliveryv1.DeliveryCancelled{CourierId: "ben"},
	}}
)

func rejected(code, reason string) *orderingv1.OrderEvent {
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderRejected{
		OrderRejected: &orderingv1.OrderRejected{ReasonCode: code, Reason: reason},
	}}
}

func cancelled(code, reason string) *orderingv1.OrderEvent {
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCancelled{
		OrderCancelled: &orderingv1.OrderCancelled{ReasonCode: code, Reason: reason},
	}}
}

func failed(code, reason string) *deliveryv1.DeliveryEvent {
	return &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryFailed{
		DeliveryFailed: &deliveryv1.DeliveryFailed{ReasonCode: code, Reason: reason},
	}}
}

func voiding(reason string) *paymentv1.PaymentEvent {
	return &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_VoidRequested{VoidRequested: &paymentv1.VoidRequested{Reason: reason}}}
}

func capturing(reason string) *paymentv1.PaymentEvent {
	return &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_CaptureRequested{
		CaptureRequested: &paymentv1.CaptureRequested{Reason: reason},
	}}
}

func captured(minorUnits int64) *paymentv1.PaymentEvent {
	return &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_PaymentCaptured{
		PaymentCaptured: &paymentv1.PaymentCaptured{Amount: eur(minorUnits)},
	}}
}

func refunding(reason string) *paymentv1.PaymentEvent {
	return &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_RefundRequested{
		RefundRequested: &paymentv1.RefundRequested{Amount: eur(200), Reason: reason},
	}}
}

func refunded(minorUnits int64) *paymentv1.PaymentEvent {
	return &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_PaymentRefunded{
		PaymentRefunded: &paymentv1.PaymentRefunded{Amount: eur(minorUnits)},
	}}
}

func refusal(kind paymentv1.OperationKind) *paymentv1.PaymentEvent {
	return &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_OperationFailed{OperationFailed: &paymentv1.OperationFailed{Kind: kind}}}
}
