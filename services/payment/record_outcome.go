package payment

import (
	"fmt"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/problem"
)

// RecordOutcome takes what the processor said of an operation, in any order and as often as it says so. Only the open
// operation's outcome is news; one that contradicts what is known is refused, so that somebody looks.
func (p Payment) RecordOutcome(c *paymentv1.RecordOutcomeRequest) (*paymentv1.PaymentEvent, error) {
	if err := p.exists(); err != nil {
		return nil, err
	}
	id, succeeded := c.GetOperationId(), c.GetSucceeded() != nil
	switch known, settled := p.Succeeded[id]; {
	case settled && known == succeeded:
		return nil, nil
	case settled:
		return nil, problem.Refuse("OUTCOME_CONTRADICTED", "another outcome of this operation is known already").
			With("operation_id", id)
	case id != p.Open.ID:
		return nil, problem.Missing("OPERATION_NOT_FOUND", "the processor was not asked for this operation")
	case succeeded:
		return p.succeeded(id, c.GetSucceeded())
	}
	return p.failed(id, c.GetRefused()), nil
}

func (p Payment) succeeded(id string, o *paymentv1.Succeeded) (*paymentv1.PaymentEvent, error) {
	switch p.Open.Kind {
	case authorization:
		return &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_PaymentAuthorized{PaymentAuthorized: &paymentv1.PaymentAuthorized{
			OperationId: id, Reference: o.GetReference(), Amount: p.money(p.Open.Amount), VoidOperationId: p.WaitingVoid,
		}}}, nil
	case paymentv1.OperationKind_OPERATION_KIND_CAPTURE:
		return &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_PaymentCaptured{PaymentCaptured: &paymentv1.PaymentCaptured{
			OperationId: id, Amount: p.money(p.Open.Amount),
		}}}, nil
	case paymentv1.OperationKind_OPERATION_KIND_VOID:
		return &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_PaymentVoided{PaymentVoided: &paymentv1.PaymentVoided{
			OperationId: id,
		}}}, nil
	case paymentv1.OperationKind_OPERATION_KIND_REFUND:
		return &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_PaymentRefunded{PaymentRefunded: &paymentv1.PaymentRefunded{
			OperationId: id, Amount: p.money(p.Open.Amount),
		}}}, nil
	default:
		return nil, fmt.Errorf("payment: operation %s is of no known kind", id)
	}
}

func (p Payment) failed(id string, o *paymentv1.Refused) *paymentv1.PaymentEvent {
	switch {
	case p.Open.Kind != authorization:
		return &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_OperationFailed{OperationFailed: &paymentv1.OperationFailed{
			OperationId: id, ReasonCode: o.GetReasonCode(), Reason: o.GetReason(), Kind: p.Open.Kind,
		}}}
	case p.WaitingVoid != "":
		return &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_PaymentVoided{PaymentVoided: &paymentv1.PaymentVoided{
			OperationId: p.WaitingVoid, DeclinedOperationId: id, ReasonCode: o.GetReasonCode(), Reason: o.GetReason(),
		}}}
	}
	return &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_PaymentDeclined{PaymentDeclined: &paymentv1.PaymentDeclined{
		OperationId: id, ReasonCode: o.GetReasonCode(), Reason: o.GetReason(),
	}}}
}
