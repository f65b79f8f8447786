package erasure

import (
	customerv1 "tiffin/gen/tiffin/customer/v1"
	erasurev1 "tiffin/gen/tiffin/erasure/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
)

type command = erasurev1.ErasureCommand

// reason is what the restaurant is told.
const reason = "The customer's account was closed."

func cancel(orderID string) *command {
	return &command{Command: &erasurev1.ErasureCommand_CancelOrder{CancelOrder: &orderingv1.CancelOrderRequest{
		OrderId: orderID, Reason: reason,
	}}}
}

func destroy(customerID string) *command {
	return &command{Command: &erasurev1.ErasureCommand_DestroyKey{DestroyKey: &customerv1.DestroyKeyRequest{CustomerId: customerID}}}
}

func confirm(customerID string) *command {
	return &command{Command: &erasurev1.ErasureCommand_ConfirmErasure{ConfirmErasure: &customerv1.ConfirmErasureRequest{
		CustomerId: customerID,
	}}}
}
