package check

import (
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/eventlog"
)

// Balanced is the rule of money.
const Balanced = "log and card processor agree, and money is taken once or released"

// balance holds the payments of the log against what the card processor did.
type balance struct {
	unmoved
	ledger []Operation
	// asked are the operations that the log says the processor was to be asked for.
	asked map[string]*intent
	// given are payments whose operations were given up: somebody must look, and it is not settled.
	given map[string]bool
}

// intent is an operation as the log has it.
type intent struct {
	payment, kind string
	minor         int64
	// outcome is succeeded or refused, once it is recorded.
	outcome string
	// spared: the processor was not asked in the end.
	spared bool
}

func newBalance(ledger []Operation) *balance {
	return &balance{ledger: ledger, asked: map[string]*intent{}, given: map[string]bool{}}
}

const succeeded, refused = "succeeded", "refused"

func (b *balance) event(e eventlog.Event, broken tell) {
	data, ok := e.Data.(*paymentv1.PaymentEvent)
	if !ok {
		return
	}
	ask := func(id, kind string, minor int64) {
		b.asked[id] = &intent{payment: e.AggregateID, kind: kind, minor: minor}
	}
	settle := func(id, outcome string) {
		switch i := b.asked[id]; {
		case i == nil:
			broken(Balanced, id, "%s at %d is the outcome of what was not asked for", e.Type, e.Position)
		case i.outcome != "" && i.outcome != outcome:
			broken(Balanced, id, "%s at %d says %s, and it was %s", e.Type, e.Position, outcome, i.outcome)
		default:
			i.outcome = outcome
		}
	}
	switch event := data.GetEvent().(type) {
	case *paymentv1.PaymentEvent_AuthorizationRequested:
		ask(event.AuthorizationRequested.GetOperationId(), "authorization", event.AuthorizationRequested.GetAmount().GetMinorUnits())
	case *paymentv1.PaymentEvent_CaptureRequested:
		ask(event.CaptureRequested.GetOperationId(), "capture", event.CaptureRequested.GetAmount().GetMinorUnits())
	case *paymentv1.PaymentEvent_VoidRequested:
		ask(event.VoidRequested.GetOperationId(), "void", 0)
	case *paymentv1.PaymentEvent_RefundRequested:
		ask(event.RefundRequested.GetOperationId(), "refund", event.RefundRequested.GetAmount().GetMinorUnits())
	case *paymentv1.PaymentEvent_PaymentAuthorized:
		settle(event.PaymentAuthorized.GetOperationId(), succeeded)
	case *paymentv1.PaymentEvent_PaymentDeclined:
		settle(event.PaymentDeclined.GetOperationId(), refused)
	case *paymentv1.PaymentEvent_PaymentCaptured:
		settle(event.PaymentCaptured.GetOperationId(), succeeded)
	case *paymentv1.PaymentEvent_PaymentVoided:
		settle(event.PaymentVoided.GetOperationId(), succeeded)
		if declined := event.PaymentVoided.GetDeclinedOperationId(); declined != "" {
			settle(declined, refused)
			if void := b.asked[event.PaymentVoided.GetOperationId()]; void != nil {
				void.spared = true
			}
		}
	case *paymentv1.PaymentEvent_PaymentRefunded:
		settle(event.PaymentRefunded.GetOperationId(), succeeded)
	case *paymentv1.PaymentEvent_OperationFailed:
		settle(event.OperationFailed.GetOperationId(), refused)
		b.given[e.AggregateID] = true
	}
}

// account is what became of one payment's money at the processor.
type account struct {
	authorizations, captures, voids int
	reserved, taken, back           int64
}

func (b *balance) end(broken tell) {
	accounts, done := map[string]*account{}, map[string]bool{}
	for _, op := range b.ledger {
		i := b.asked[op.ID]
		if i == nil {
			broken(Balanced, op.ID, "the processor did a %s that the log does not know of", op.Kind)
			continue
		}
		done[op.ID] = true
		switch {
		case i.kind != op.Kind || op.Kind != "void" && i.minor != op.Amount.Minor:
			broken(Balanced, op.ID, "the log asks for a %s of %d, the processor did a %s of %d", i.kind, i.minor, op.Kind, op.Amount.Minor)
		case i.outcome != op.Status:
			broken(Balanced, op.ID, "%s at the processor, and %q in the log", op.Status, i.outcome)
		}
		if accounts[i.payment] == nil {
			accounts[i.payment] = &account{}
		}
		accounts[i.payment].add(op)
	}
	for id, i := range b.asked {
		if i.outcome == succeeded && !done[id] && !i.spared {
			broken(Balanced, id, "the log says that the processor did this %s, and it did not", i.kind)
		}
	}
	for id, a := range accounts {
		a.judge(id, b.given[id], broken)
	}
}

func (a *account) add(op Operation) {
	if op.Status != succeeded {
		return
	}
	switch op.Kind {
	case "authorization":
		a.authorizations++
		a.reserved += op.Amount.Minor
	case "capture":
		a.captures++
		a.taken += op.Amount.Minor
	case "void":
		a.voids++
	case "refund":
		a.back += op.Amount.Minor
	}
}

func (a *account) judge(id string, given bool, broken tell) {
	switch {
	case a.authorizations > 1:
		broken(Balanced, id, "authorized %d times", a.authorizations)
	case a.captures > 1:
		broken(Balanced, id, "captured %d times", a.captures)
	case a.captures > 0 && a.voids > 0:
		broken(Balanced, id, "captured, and released")
	case a.authorizations > 0 && a.captures+a.voids == 0 && !given:
		broken(Balanced, id, "%d is reserved, and neither taken nor released", a.reserved)
	case a.taken > a.reserved || a.back > a.taken:
		broken(Balanced, id, "reserved %d, taken %d, given back %d", a.reserved, a.taken, a.back)
	}
}

// count is how many payments there are.
func (b *balance) count() int {
	payments := map[string]bool{}
	for _, i := range b.asked {
		payments[i.payment] = true
	}
	return len(payments)
}
