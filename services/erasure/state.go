package erasure

import (
	"fmt"
	"slices"

	erasurev1 "tiffin/gen/tiffin/erasure/v1"
)

// Stage is how far an erasure has come.
type Stage int

// An erasure that was not begun has the zero value.
const (
	// Ending: open orders are waited for.
	Ending Stage = iota + 1
	// Destroying: the key is to be destroyed.
	Destroying
	// Forgetting: it is destroyed, and whoever may remember it is waited for.
	Forgetting
	// Confirming: the customer is to be told to be erased.
	Confirming
	// Ended: nothing is left to do.
	Ended
)

// Erasure is what its events say about one customer's leaving. It is never changed in place: Evolve returns another.
type Erasure struct {
	Stage      Stage
	CustomerID string
	// Open are the orders that have not ended.
	Open []string
}

// Evolve returns the erasure after the event. An event that it does not know is an error.
func Evolve(e Erasure, event *erasurev1.ErasureEvent) (Erasure, error) {
	switch v := event.GetEvent().(type) {
	case *erasurev1.ErasureEvent_ErasureStarted:
		e = Erasure{Stage: Ending, CustomerID: v.ErasureStarted.GetCustomerId(), Open: v.ErasureStarted.GetOrderIds()}
	case *erasurev1.ErasureEvent_OrderFound:
		e.Open = append(slices.Clone(e.Open), v.OrderFound.GetOrderId())
	case *erasurev1.ErasureEvent_OrderSettled:
		e.Open = slices.DeleteFunc(slices.Clone(e.Open), func(id string) bool { return id == v.OrderSettled.GetOrderId() })
	case *erasurev1.ErasureEvent_KeyDestroyed:
		e.Stage = Forgetting
	case *erasurev1.ErasureEvent_KeyForgotten:
		e.Stage = Confirming
	case *erasurev1.ErasureEvent_ErasureEnded:
		e.Stage = Ended
	case *erasurev1.ErasureEvent_ErasureOverdue, *erasurev1.ErasureEvent_CommandAnswered:
	default:
		return e, fmt.Errorf("erasure: unknown event %T", v)
	}
	for _, c := range event.GetCommands() {
		if c.GetDestroyKey() != nil {
			e.Stage = Destroying
		}
	}
	return e, nil
}
