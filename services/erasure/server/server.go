package server

import (
	"context"

	"google.golang.org/protobuf/proto"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	erasurev1 "tiffin/gen/tiffin/erasure/v1"
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/process"
	"tiffin/platform/process/step"
	"tiffin/services/erasure"
	"tiffin/services/erasure/orders"
)

// Processes are all erasures.
type Processes = process.Processes[erasure.Erasure, *erasurev1.ErasureCommand, *erasurev1.ErasureEvent]

// New returns the erasures of a cell; nothing happens until Run.
func New(ctx context.Context, p erasure.Policy, o process.Options) (*Processes, error) {
	return process.New(ctx, Definition(p), o)
}

// Definition is erasure as a control service. An erasure has an id of its own, which the customer's request names; the
// customer's orders are found by looking back.
func Definition(p erasure.Policy) process.Definition[erasure.Erasure, *erasurev1.ErasureCommand, *erasurev1.ErasureEvent] {
	known := orders.New()
	return process.Definition[erasure.Erasure, *erasurev1.ErasureCommand, *erasurev1.ErasureEvent]{
		Reads:     []proto.Message{&customerv1.CustomerEvent{}, &orderingv1.OrderEvent{}, &fulfilmentv1.FulfilmentEvent{}},
		Personal:  eventlog.Closed,
		Recall:    known.Note,
		Correlate: known.Correlate,
		Evolve:    erasure.Evolve,
		Decide: func(e erasure.Erasure, in step.Input) *erasurev1.ErasureEvent {
			return p.Decide(e, in, known.Open)
		},
		Answered: erasure.Answered,
	}
}
