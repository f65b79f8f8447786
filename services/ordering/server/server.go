package server

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/identity"
	"tiffin/services/ordering"
	"tiffin/services/ordering/leavers"
	"tiffin/services/ordering/menus"
)

// Server serves tiffin.ordering.v1.OrderingService.
type Server struct {
	orderingv1.UnimplementedOrderingServiceServer
	orders  *eventlog.Aggregate[ordering.Order, *orderingv1.OrderEvent]
	menus   *menus.Menus
	leavers *leavers.Leavers
	now     func() time.Time
}

// New returns a server on the log; it takes no orders until Run has caught up. What it can't read of menus and customers is
// parked among the faults.
func New(log *eventlog.Log, faults *fault.Store, now func() time.Time) *Server {
	return &Server{
		orders: eventlog.NewAggregate(log, func(o ordering.Order, e *orderingv1.OrderEvent, _ eventlog.Meta) (ordering.Order, error) {
			return ordering.Evolve(o, e)
		}),
		menus:   menus.New(log, faults),
		leavers: leavers.New(log, faults),
		now:     now,
	}
}

// Register adds the service to a gRPC server.
func (s *Server) Register(r grpc.ServiceRegistrar) { orderingv1.RegisterOrderingServiceServer(r, s) }

// Run keeps the replicas of the menus and of who is leaving until ctx ends.
func (s *Server) Run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return s.menus.Run(ctx) })
	g.Go(func() error { return s.leavers.Run(ctx) })
	return g.Wait()
}

// Ready reports whether orders can be taken.
func (s *Server) Ready() bool { return s.menus.Ready() && s.leavers.Ready() }

// MenuPosition is how far into the log the replica of the menus has come.
func (s *Server) MenuPosition() uint64 { return s.menus.Position() }

// The house may move any order on.
var (
	operations = identity.Grant{Role: identity.Operations, Resource: identity.Any}
	service    = identity.Grant{Role: identity.Service, Resource: identity.Any}
)

func customer(id string) identity.Grant {
	return identity.Grant{Role: identity.Customer, Resource: id}
}
