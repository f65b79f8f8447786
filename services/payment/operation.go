package payment

import (
	"fmt"
	"strings"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
)

// Operation is one thing that the processor is asked for.
type Operation struct {
	ID     string
	Kind   paymentv1.OperationKind
	Amount int64
}

const authorization = paymentv1.OperationKind_OPERATION_KIND_AUTHORIZATION

var kindNames = map[paymentv1.OperationKind]string{
	authorization: "authorize",
	paymentv1.OperationKind_OPERATION_KIND_CAPTURE: "capture",
	paymentv1.OperationKind_OPERATION_KIND_VOID:    "void",
	paymentv1.OperationKind_OPERATION_KIND_REFUND:  "refund",
}

// next is the id of the payment's next operation. The same decision on the same payment gives the same id, so that
// deciding it twice asks the processor once.
func (p Payment) next(paymentID string, kind paymentv1.OperationKind) string {
	return fmt.Sprintf("%s-%s-%d", paymentID, kindNames[kind], p.Count+1)
}

// Of returns the id of the payment whose operation this is; empty where it can't be an id of ours.
func Of(operationID string) string {
	paymentID, _, _ := strings.Cut(operationID, "-")
	if len(paymentID) != len("01J00000000000000000000000") {
		return ""
	}
	return paymentID
}
