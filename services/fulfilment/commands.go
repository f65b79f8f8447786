package fulfilment

import (
	"strings"

	"google.golang.org/protobuf/types/known/timestamppb"

	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

type command = fulfilmentv1.FulfilmentCommand

func one(c *command) []*command { return []*command{c} }

// callOff tells everybody whose part was begun that the order ends in another way than it should have. The customer who
// cancelled knows.
func (f Fulfilment) callOff(id, reason string) []*command {
	if f.Ending == fulfilmentv1.Ending_ENDING_DELIVERED {
		return nil
	}
	code := name(f.Ending)
	if reason == "" {
		reason = "The order was called off."
	}
	var out []*command
	switch {
	case f.Ending == fulfilmentv1.Ending_ENDING_CUSTOMER_CANCELLED:
	case f.Confirmed:
		out = append(out, cancelOrder(id, code, reason))
	default:
		out = append(out, rejectOrder(id, code, reason))
	}
	if f.Kitchen == Asked || f.Kitchen == Agreed {
		out = append(out, cancelTicket(id, code, reason))
	}
	if (f.Delivery == Asked || f.Delivery == Agreed) && !f.PickedUp {
		out = append(out, cancelDelivery(id, reason))
	}
	return out
}

// name is the ending as a reason code: "NO_COURIER".
func name(e fulfilmentv1.Ending) string { return strings.TrimPrefix(e.String(), "ENDING_") }

func authorize(id string, o *orderingv1.OrderPlaced) *command {
	return &command{Command: &fulfilmentv1.FulfilmentCommand_AuthorizePayment{AuthorizePayment: &paymentv1.AuthorizePaymentRequest{
		PaymentId: id, CustomerId: o.GetCustomerId(), RestaurantId: o.GetRestaurantId(), Amount: o.GetTotal(), CardToken: o.GetPaymentToken(),
	}}}
}

func capture(id string, amount *typev1.Money, ending fulfilmentv1.Ending) *command {
	return &command{Command: &fulfilmentv1.FulfilmentCommand_CapturePayment{CapturePayment: &paymentv1.CapturePaymentRequest{
		PaymentId: id, Amount: amount, Reason: name(ending),
	}}}
}

func voidPayment(id, reason string) *command {
	return &command{Command: &fulfilmentv1.FulfilmentCommand_VoidPayment{VoidPayment: &paymentv1.VoidPaymentRequest{
		PaymentId: id, Reason: reason,
	}}}
}

func confirm(id string) *command {
	return &command{Command: &fulfilmentv1.FulfilmentCommand_ConfirmOrder{ConfirmOrder: &orderingv1.ConfirmOrderRequest{OrderId: id}}}
}

func complete(id string) *command {
	return &command{Command: &fulfilmentv1.FulfilmentCommand_CompleteOrder{CompleteOrder: &orderingv1.CompleteOrderRequest{OrderId: id}}}
}

func rejectOrder(id, code, reason string) *command {
	return &command{Command: &fulfilmentv1.FulfilmentCommand_RejectOrder{RejectOrder: &orderingv1.RejectOrderRequest{
		OrderId: id, ReasonCode: code, Reason: reason,
	}}}
}

func cancelOrder(id, code, reason string) *command {
	return &command{Command: &fulfilmentv1.FulfilmentCommand_CancelOrder{CancelOrder: &orderingv1.CancelOrderRequest{
		OrderId: id, ReasonCode: code, Reason: reason,
	}}}
}

func openTicket(id string, o *orderingv1.OrderPlaced, answerBy *timestamppb.Timestamp) *command {
	var lines []*kitchenv1.TicketLine
	for _, l := range o.GetLines() {
		var options []string
		for _, chosen := range l.GetOptions() {
			options = append(options, chosen.GetName())
		}
		lines = append(lines, &kitchenv1.TicketLine{
			ItemId: l.GetItemId(), Name: l.GetName(), Quantity: l.GetQuantity(), Options: options, Note: l.GetNote(),
		})
	}
	return &command{Command: &fulfilmentv1.FulfilmentCommand_OpenTicket{OpenTicket: &kitchenv1.OpenTicketRequest{
		TicketId: id, RestaurantId: o.GetRestaurantId(), CustomerId: o.GetCustomerId(), Lines: lines,
		PreparationMinutes: o.GetPreparationMinutes(), Subtotal: o.GetSubtotal(), AnswerBy: answerBy,
	}}}
}

func handOver(id string) *command {
	return &command{Command: &fulfilmentv1.FulfilmentCommand_HandOverTicket{HandOverTicket: &kitchenv1.HandOverTicketRequest{TicketId: id}}}
}

func cancelTicket(id, code, reason string) *command {
	return &command{Command: &fulfilmentv1.FulfilmentCommand_CancelTicket{CancelTicket: &kitchenv1.CancelTicketRequest{
		TicketId: id, ReasonCode: code, Reason: reason,
	}}}
}

// leastPayout is what a courier gets for a delivery besides the tip, in minor units, where the customer pays a smaller fee or
// none: the house adds the rest.
const leastPayout = 300

func requestDelivery(id string, o *orderingv1.OrderPlaced, readyAt *timestamppb.Timestamp) *command {
	return &command{Command: &fulfilmentv1.FulfilmentCommand_RequestDelivery{RequestDelivery: &deliveryv1.RequestDeliveryRequest{
		DeliveryId: id, CustomerId: o.GetCustomerId(), RestaurantId: o.GetRestaurantId(), RestaurantName: o.GetRestaurantName(),
		PickUp: o.GetRestaurantLocation(), DropOff: o.GetDeliveryAddress(), ReadyAt: readyAt,
		Payout: &typev1.Money{
			CurrencyCode: o.GetTotal().GetCurrencyCode(),
			MinorUnits:   max(leastPayout, o.GetDeliveryFee().GetMinorUnits()) + o.GetTip().GetMinorUnits(),
		},
	}}}
}

func release(id, courier string) *command {
	return &command{Command: &fulfilmentv1.FulfilmentCommand_ReleaseDelivery{ReleaseDelivery: &deliveryv1.ReleaseDeliveryRequest{
		DeliveryId: id, CourierId: courier, ReasonCode: "COURIER_VANISHED", Reason: "The courier did not collect the food in time.",
	}}}
}

func failDelivery(id, code, reason string) *command {
	return &command{Command: &fulfilmentv1.FulfilmentCommand_FailDelivery{FailDelivery: &deliveryv1.FailDeliveryRequest{
		DeliveryId: id, ReasonCode: code, Reason: reason,
	}}}
}

func cancelDelivery(id, reason string) *command {
	return &command{Command: &fulfilmentv1.FulfilmentCommand_CancelDelivery{CancelDelivery: &deliveryv1.CancelDeliveryRequest{
		DeliveryId: id, Reason: reason,
	}}}
}
