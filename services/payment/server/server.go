package server

import (
	"google.golang.org/grpc"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/identity"
	"tiffin/services/payment"
)

// Server serves tiffin.payment.v1.PaymentService.
type Server struct {
	paymentv1.UnimplementedPaymentServiceServer
	payments *eventlog.Aggregate[payment.Payment, *paymentv1.PaymentEvent]
}

// New returns a server on the log.
func New(log *eventlog.Log) *Server {
	return &Server{payments: eventlog.NewAggregate(log,
		func(p payment.Payment, e *paymentv1.PaymentEvent, _ eventlog.Meta) (payment.Payment, error) {
			return payment.Evolve(p, e)
		})}
}

// Register adds the service to a gRPC server.
func (s *Server) Register(r grpc.ServiceRegistrar) { paymentv1.RegisterPaymentServiceServer(r, s) }

// Money is moved by the house alone.
var (
	operations = identity.Grant{Role: identity.Operations, Resource: identity.Any}
	service    = identity.Grant{Role: identity.Service, Resource: identity.Any}
)
