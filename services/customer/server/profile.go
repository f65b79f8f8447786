package server

import (
	"context"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	"tiffin/services/customer"
)

// RegisterCustomer is for the customer and for the house.
func (s *Server) RegisterCustomer(
	ctx context.Context, c *customerv1.RegisterCustomerRequest,
) (*customerv1.RegisterCustomerResponse, error) {
	position, err := s.execute(ctx, c.GetCustomerId(),
		func(of customer.Customer) (*customerv1.CustomerEvent, error) { return of.Register(c) }, house...)
	if err != nil {
		return nil, err
	}
	return &customerv1.RegisterCustomerResponse{Position: position}, nil
}

// ChangeProfile is for the customer.
func (s *Server) ChangeProfile(ctx context.Context, c *customerv1.ChangeProfileRequest) (*customerv1.ChangeProfileResponse, error) {
	position, err := s.execute(ctx, c.GetCustomerId(),
		func(of customer.Customer) (*customerv1.CustomerEvent, error) { return of.ChangeProfile(c) })
	if err != nil {
		return nil, err
	}
	return &customerv1.ChangeProfileResponse{Position: position}, nil
}
