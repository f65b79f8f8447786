package server

import (
	"context"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	"tiffin/services/customer"
)

// PutAddress is for the customer.
func (s *Server) PutAddress(ctx context.Context, c *customerv1.PutAddressRequest) (*customerv1.PutAddressResponse, error) {
	position, err := s.execute(ctx, c.GetCustomerId(),
		func(of customer.Customer) (*customerv1.CustomerEvent, error) { return of.PutAddress(c) })
	if err != nil {
		return nil, err
	}
	return &customerv1.PutAddressResponse{Position: position}, nil
}

// RemoveAddress is for the customer.
func (s *Server) RemoveAddress(ctx context.Context, c *customerv1.RemoveAddressRequest) (*customerv1.RemoveAddressResponse, error) {
	position, err := s.execute(ctx, c.GetCustomerId(),
		func(of customer.Customer) (*customerv1.CustomerEvent, error) { return of.RemoveAddress(c) })
	if err != nil {
		return nil, err
	}
	return &customerv1.RemoveAddressResponse{Position: position}, nil
}
