package gateway

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/gateway"
	"tiffin/services/payment"
)

// Outcome is what the processor said of an operation, as the payment service takes it.
type Outcome = *paymentv1.RecordOutcomeRequest

// operation is an operation as the processor's API and its webhooks show it.
type operation struct {
	ID         string `json:"id"`
	Payment    string `json:"payment"`
	Status     string `json:"status"`
	ReasonCode string `json:"reason_code"`
	Reason     string `json:"reason"`
}

const (
	maxReference = 200
	maxReason    = 300
	// otherReason stands for a code that does not look like one of ours.
	otherReason = "REFUSED_BY_PROCESSOR"
)

var reasonCode = regexp.MustCompile("^[A-Z][A-Z0-9_]{0,62}$")

// errNotOurs says that an operation of this id was never asked for by us.
var errNotOurs = errors.New("this operation is not one of ours")

// outcomeOf reads what the processor says; gateway.ErrPending where it has nothing final to say.
func outcomeOf(o operation) (Outcome, error) {
	out := &paymentv1.RecordOutcomeRequest{PaymentId: payment.Of(o.ID), OperationId: o.ID}
	switch {
	case out.GetPaymentId() == "":
		return nil, errNotOurs
	case o.Status == "pending":
		return nil, gateway.ErrPending
	case o.Status == "succeeded" && len(o.Payment) <= maxReference:
		out.Outcome = &paymentv1.RecordOutcomeRequest_Succeeded{Succeeded: &paymentv1.Succeeded{Reference: o.Payment}}
	case o.Status == "refused":
		out.Outcome = refused(o.ReasonCode, o.Reason)
	default:
		return nil, fmt.Errorf("the processor says %q of operation %s", o.Status, o.ID)
	}
	return out, nil
}

func refused(code, reason string) *paymentv1.RecordOutcomeRequest_Refused {
	if !reasonCode.MatchString(code) {
		code = otherReason
	}
	if text := []rune(reason); len(text) > maxReason {
		reason = string(text[:maxReason])
	}
	return &paymentv1.RecordOutcomeRequest_Refused{Refused: &paymentv1.Refused{ReasonCode: code, Reason: reason}}
}

// shown are the fields of a webhook that say nothing of a person.
var shown = []string{"type", "id", "payment", "kind", "status", "reason_code", "currency_code", "minor_units", "time"}

// parse reads the operation in a webhook, and tells which payment it is about; nil where the webhook is about something else.
func parse(body []byte) (said Outcome, about string, err error) {
	var message struct {
		Type      string    `json:"type"`
		Operation operation `json:"operation"`
	}
	// What comes before an error has been read, as far as it goes.
	err = json.Unmarshal(body, &message)
	about = payment.Of(message.Operation.ID)
	if err != nil {
		return nil, about, err
	}
	if message.Type != "operation.updated" {
		return nil, about, nil
	}
	said, err = outcomeOf(message.Operation)
	if errors.Is(err, gateway.ErrPending) {
		return nil, about, nil
	}
	return said, about, err
}
