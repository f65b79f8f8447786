package dispatch

import (
	"google.golang.org/protobuf/types/known/timestamppb"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	dispatchv1 "tiffin/gen/tiffin/dispatch/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

type command = dispatchv1.DispatchCommand

func offer(id, courier, delivery string, d *deliveryv1.DeliveryRequested, expires *timestamppb.Timestamp) *command {
	return &command{Command: &dispatchv1.DispatchCommand_OfferDelivery{OfferDelivery: &courierv1.OfferDeliveryRequest{
		CourierId: courier, OfferId: id, DeliveryId: delivery, RestaurantId: d.GetRestaurantId(), RestaurantName: d.GetRestaurantName(),
		PickUp: d.GetPickUp(), DropOff: d.GetDropOff(), Payout: d.GetPayout(), ReadyAt: d.GetReadyAt(), ExpiresAt: expires,
	}}}
}

func expire(o Offer) *command {
	return &command{Command: &dispatchv1.DispatchCommand_ExpireOffer{ExpireOffer: &courierv1.ExpireOfferRequest{
		CourierId: o.Courier, OfferId: o.ID,
	}}}
}

func withdraw(o Offer) *command {
	return &command{Command: &dispatchv1.DispatchCommand_WithdrawOffer{WithdrawOffer: &courierv1.WithdrawOfferRequest{
		CourierId: o.Courier, OfferId: o.ID,
	}}}
}

func finish(courier, delivery string, outcome courierv1.DeliveryOutcome, earned *typev1.Money) *command {
	return &command{Command: &dispatchv1.DispatchCommand_FinishDelivery{FinishDelivery: &courierv1.FinishDeliveryRequest{
		CourierId: courier, DeliveryId: delivery, Outcome: outcome, Earned: earned,
	}}}
}

func assign(delivery, courier string) *command {
	return &command{Command: &dispatchv1.DispatchCommand_AssignDelivery{AssignDelivery: &deliveryv1.AssignDeliveryRequest{
		DeliveryId: delivery, CourierId: courier,
	}}}
}

func fail(delivery string) *command {
	return &command{Command: &dispatchv1.DispatchCommand_FailDelivery{FailDelivery: &deliveryv1.FailDeliveryRequest{
		DeliveryId: delivery, ReasonCode: "NO_COURIER", Reason: "Nobody could bring the order.",
	}}}
}
