package server

import (
	"context"

	"google.golang.org/protobuf/proto"

	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/process"
	"tiffin/services/fulfilment"
)

// Processes are all fulfilments.
type Processes = process.Processes[fulfilment.Fulfilment, *fulfilmentv1.FulfilmentCommand, *fulfilmentv1.FulfilmentEvent]

// New returns the fulfilments of a cell; nothing happens until Run.
func New(ctx context.Context, p fulfilment.Policy, o process.Options) (*Processes, error) {
	return process.New(ctx, Definition(p), o)
}

// Definition is fulfilment as a control service: the order, its payment, ticket and delivery all bear the process's id.
func Definition(p fulfilment.Policy) process.Definition[fulfilment.Fulfilment, *fulfilmentv1.FulfilmentCommand, *fulfilmentv1.FulfilmentEvent] {
	return process.Definition[fulfilment.Fulfilment, *fulfilmentv1.FulfilmentCommand, *fulfilmentv1.FulfilmentEvent]{
		Reads: []proto.Message{
			&orderingv1.OrderEvent{}, &paymentv1.PaymentEvent{}, &kitchenv1.TicketEvent{}, &deliveryv1.DeliveryEvent{},
		},
		Correlate: func(e eventlog.Event) string { return e.AggregateID },
		Evolve:    fulfilment.Evolve,
		Decide:    p.Decide,
		Answered:  fulfilment.Answered,
	}
}
