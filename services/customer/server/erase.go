package server

import (
	"context"

	"github.com/oklog/ulid/v2"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	"tiffin/platform/identity"
	"tiffin/services/customer"
)

// EraseCustomer is for the customer and for operations.
func (s *Server) EraseCustomer(ctx context.Context, c *customerv1.EraseCustomerRequest) (*customerv1.EraseCustomerResponse, error) {
	erasure := ulid.Make().String()
	position, err := s.execute(ctx, c.GetCustomerId(),
		func(of customer.Customer) (*customerv1.CustomerEvent, error) { return of.Erase(c, erasure) },
		identity.Grant{Role: identity.Operations, Resource: identity.Any})
	if err != nil {
		return nil, err
	}
	return &customerv1.EraseCustomerResponse{Position: position}, nil
}

// DestroyKey is for the house. A customer who is leaving never stays again, so the key goes after that is sure.
func (s *Server) DestroyKey(ctx context.Context, c *customerv1.DestroyKeyRequest) (*customerv1.DestroyKeyResponse, error) {
	if err := identity.FromContext(ctx).Require(house...); err != nil {
		return nil, err
	}
	position, err := s.customers.Execute(ctx, c.GetCustomerId(), func(of customer.Customer) (*customerv1.CustomerEvent, error) {
		return nil, of.DestroyKey(c)
	})
	if err != nil {
		return nil, err
	}
	if err := s.keys.Destroy(ctx, c.GetCustomerId()); err != nil {
		return nil, err
	}
	return &customerv1.DestroyKeyResponse{Position: position}, nil
}

// ConfirmErasure is for the house.
func (s *Server) ConfirmErasure(ctx context.Context, c *customerv1.ConfirmErasureRequest) (*customerv1.ConfirmErasureResponse, error) {
	if err := identity.FromContext(ctx).Require(house...); err != nil {
		return nil, err
	}
	position, err := s.customers.Execute(ctx, c.GetCustomerId(), func(of customer.Customer) (*customerv1.CustomerEvent, error) {
		return of.ConfirmErasure(c)
	})
	if err != nil {
		return nil, err
	}
	return &customerv1.ConfirmErasureResponse{Position: position}, nil
}
