package server

import (
	"context"
	"fmt"

	"google.golang.org/grpc"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	"tiffin/platform/bff"
	"tiffin/platform/identity"
	"tiffin/platform/problem"
)

// themselves lets nobody but the customer pass.
func themselves(ctx context.Context, customerID string) error {
	return identity.FromContext(ctx).Require(identity.Grant{Role: identity.Customer, Resource: customerID})
}

// GetCustomer shows callers themselves.
func (s *Server) GetCustomer(ctx context.Context, r *customerv1.GetCustomerRequest) (*customerv1.Customer, error) {
	if err := themselves(ctx, r.GetCustomerId()); err != nil {
		return nil, err
	}
	if err := bff.Await(ctx, s.Profiles); err != nil {
		return nil, err
	}
	return s.customer(ctx, r.GetCustomerId())
}

// WatchCustomer streams callers themselves.
func (s *Server) WatchCustomer(
	r *customerv1.WatchCustomerRequest, stream grpc.ServerStreamingServer[customerv1.WatchCustomerResponse],
) error {
	if err := themselves(stream.Context(), r.GetCustomerId()); err != nil {
		return err
	}
	return bff.Stream{
		View: s.Profiles, ID: r.GetCustomerId(), Heartbeat: s.Heartbeat,
		Document: func(ctx context.Context, at string, stale func() bool) error {
			customer, err := s.customer(ctx, r.GetCustomerId())
			if err != nil {
				return err
			}
			return stream.Send(&customerv1.WatchCustomerResponse{Position: at, Customer: customer, Stale: stale()})
		},
		Alive: func(_ context.Context, at string, stale func() bool) error {
			return stream.Send(&customerv1.WatchCustomerResponse{Position: at, Stale: stale()})
		},
	}.Run(stream.Context())
}

func (s *Server) customer(ctx context.Context, id string) (*customerv1.Customer, error) {
	d, _, found, err := s.Profiles.Get(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("read a customer: %w", err)
	}
	if !found {
		return nil, problem.Missing("CUSTOMER_NOT_FOUND", "there is no customer %s", id)
	}
	return d.Message(), nil
}
