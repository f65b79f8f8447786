package sandbox

import "time"

// The kinds of operations.
const (
	authorization = "authorization"
	capture       = "capture"
	void          = "void"
	refund        = "refund"
)

// What becomes of an operation.
const (
	pending   = "pending"
	succeeded = "succeeded"
	refused   = "refused"
)

// Money is an amount in the smallest unit of its currency.
type Money struct {
	CurrencyCode string `json:"currency_code"`
	MinorUnits   int64  `json:"minor_units"`
}

// Operation is one thing that was asked of the processor, as the API shows it.
type Operation struct {
	// ID is the idempotency key that it was asked under.
	ID   string `json:"id"`
	Kind string `json:"kind"`
	// Payment is the processor's own id of the payment; empty where an authorization was refused.
	Payment string `json:"payment,omitempty"`
	Amount  Money  `json:"amount"`
	// Status is pending, succeeded or refused; ReasonCode and Reason say why it was refused.
	Status     string    `json:"status"`
	ReasonCode string    `json:"reason_code,omitempty"`
	Reason     string    `json:"reason,omitempty"`
	Time       time.Time `json:"time"`
}

// request is what an operation was asked with.
type request struct {
	kind, key, payment, token, fingerprint string
	amount                                 Money
}

// entry is an operation as the file has it.
type entry struct {
	Operation
	// Fingerprint tells the same request from another one under the same key.
	Fingerprint string `json:"fingerprint"`
	Token       string `json:"token"`
	// Known is when the outcome shows; until then the operation is pending.
	Known time.Time `json:"known"`
}

// shown is the operation as the API shows it at that time.
func (e entry) shown(now time.Time) Operation {
	op := e.Operation
	if now.Before(e.Known) {
		op.Status, op.ReasonCode, op.Reason = pending, "", ""
	}
	return op
}
