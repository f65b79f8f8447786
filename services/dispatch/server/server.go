package server

import (
	"context"

	"golang.org/x/sync/errgroup"
	"google.golang.org/protobuf/proto"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	dispatchv1 "tiffin/gen/tiffin/dispatch/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/location"
	"tiffin/platform/process"
	"tiffin/platform/process/step"
	"tiffin/services/dispatch"
	"tiffin/services/dispatch/couriers"
)

// Server is all dispatches, and what they know of couriers.
type Server struct {
	processes *process.Processes[dispatch.Dispatch, *dispatchv1.DispatchCommand, *dispatchv1.DispatchEvent]
	couriers  *couriers.Couriers
}

// New returns the dispatches of a cell; nothing happens until Run.
func New(ctx context.Context, p dispatch.Policy, where *location.Store, o process.Options) (*Server, error) {
	known := couriers.New(o.Log, o.Faults, where, o.Now)
	definition := Definition(p, nil)
	definition.Decide = func(d dispatch.Dispatch, in step.Input) (e *dispatchv1.DispatchEvent) {
		known.Choose(in.ID, func(free []dispatch.Candidate) string {
			e = p.Decide(d, in, free)
			return asked(e)
		})
		return e
	}
	processes, err := process.New(ctx, definition, o)
	return &Server{processes: processes, couriers: known}, err
}

// Run carries dispatches on until ctx ends.
func (s *Server) Run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return s.couriers.Run(ctx) })
	g.Go(func() error {
		if err := s.couriers.Await(ctx); err != nil { // who is free is not known before
			return err
		}
		return s.processes.Run(ctx)
	})
	return g.Wait()
}

// Ready reports whether dispatches are carried on, here or by another instance.
func (s *Server) Ready() bool { return s.processes.Ready() }

// Definition is dispatch as a control service. The delivery bears the process's id, and a courier's events name it.
func Definition(
	p dispatch.Policy, free func() []dispatch.Candidate,
) process.Definition[dispatch.Dispatch, *dispatchv1.DispatchCommand, *dispatchv1.DispatchEvent] {
	return process.Definition[dispatch.Dispatch, *dispatchv1.DispatchCommand, *dispatchv1.DispatchEvent]{
		Reads: []proto.Message{&deliveryv1.DeliveryEvent{}, &courierv1.CourierEvent{}},
		Correlate: func(e eventlog.Event) string {
			if c, ok := e.Data.(*courierv1.CourierEvent); ok {
				return deliveryOf(c)
			}
			if e.Domain == eventlog.DomainOf(&courierv1.CourierEvent{}) { // it can't be read, nor which delivery it is about
				return ""
			}
			return e.AggregateID
		},
		Evolve: p.Evolve,
		Decide: func(d dispatch.Dispatch, in step.Input) *dispatchv1.DispatchEvent {
			return p.Decide(d, in, free())
		},
		Answered: dispatch.Answered,
	}
}

// asked is the courier whom the event offers the delivery to, if any.
func asked(e *dispatchv1.DispatchEvent) string {
	for _, c := range e.GetCommands() {
		if o := c.GetOfferDelivery(); o != nil {
			return o.GetCourierId()
		}
	}
	return ""
}

// deliveryOf returns the delivery that an offer's end is about; empty: the event is no such thing.
func deliveryOf(e *courierv1.CourierEvent) string {
	switch e := e.GetEvent().(type) {
	case *courierv1.CourierEvent_OfferAccepted:
		return e.OfferAccepted.GetDeliveryId()
	case *courierv1.CourierEvent_OfferDeclined:
		return e.OfferDeclined.GetDeliveryId()
	case *courierv1.CourierEvent_OfferExpired:
		return e.OfferExpired.GetDeliveryId()
	case *courierv1.CourierEvent_OfferWithdrawn:
		return e.OfferWithdrawn.GetDeliveryId()
	case *courierv1.CourierEvent_ShiftEnded: // declines what is open
		return e.ShiftEnded.GetDeliveryId()
	}
	return ""
}
