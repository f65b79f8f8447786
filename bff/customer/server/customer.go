package server

import (
	"context"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	domain "tiffin/gen/tiffin/customer/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/bff"
)

// RegisterCustomer lets the caller join.
func (s *Server) RegisterCustomer(ctx context.Context, r *customerv1.RegisterCustomerRequest) (*customerv1.RegisterCustomerResponse, error) {
	if err := themselves(ctx, r.GetCustomerId()); err != nil {
		return nil, err
	}
	done, err := s.Customers.RegisterCustomer(ctx, &domain.RegisterCustomerRequest{
		CustomerId: r.GetCustomerId(), Name: r.GetName(), Phone: r.GetPhone(),
	})
	if err != nil {
		return nil, err
	}
	return &customerv1.RegisterCustomerResponse{CustomerId: r.GetCustomerId()}, bff.Accepted(ctx, &domain.CustomerEvent{}, done.GetPosition())
}

// ChangeProfile changes the caller's name and phone.
func (s *Server) ChangeProfile(ctx context.Context, r *customerv1.ChangeProfileRequest) (*customerv1.ChangeProfileResponse, error) {
	if err := themselves(ctx, r.GetCustomerId()); err != nil {
		return nil, err
	}
	done, err := s.Customers.ChangeProfile(ctx, &domain.ChangeProfileRequest{
		CustomerId: r.GetCustomerId(), Name: r.GetName(), Phone: r.GetPhone(),
	})
	if err != nil {
		return nil, err
	}
	return &customerv1.ChangeProfileResponse{CustomerId: r.GetCustomerId()}, bff.Accepted(ctx, &domain.CustomerEvent{}, done.GetPosition())
}

// PutAddress adds one of the caller's addresses, or replaces it.
func (s *Server) PutAddress(ctx context.Context, r *customerv1.PutAddressRequest) (*customerv1.PutAddressResponse, error) {
	if err := themselves(ctx, r.GetCustomerId()); err != nil {
		return nil, err
	}
	done, err := s.Customers.PutAddress(ctx, &domain.PutAddressRequest{
		CustomerId: r.GetCustomerId(), AddressId: r.GetAddressId(), Label: r.GetLabel(), Line: r.GetLine(),
		Location: &typev1.Location{Latitude: r.GetLatitude(), Longitude: r.GetLongitude()},
	})
	if err != nil {
		return nil, err
	}
	return &customerv1.PutAddressResponse{AddressId: r.GetAddressId()}, bff.Accepted(ctx, &domain.CustomerEvent{}, done.GetPosition())
}

// RemoveAddress removes one of the caller's addresses.
func (s *Server) RemoveAddress(ctx context.Context, r *customerv1.RemoveAddressRequest) (*customerv1.RemoveAddressResponse, error) {
	if err := themselves(ctx, r.GetCustomerId()); err != nil {
		return nil, err
	}
	done, err := s.Customers.RemoveAddress(ctx, &domain.RemoveAddressRequest{
		CustomerId: r.GetCustomerId(), AddressId: r.GetAddressId(),
	})
	if err != nil {
		return nil, err
	}
	return &customerv1.RemoveAddressResponse{AddressId: r.GetAddressId()}, bff.Accepted(ctx, &domain.CustomerEvent{}, done.GetPosition())
}

// EraseCustomer says that the caller wants to be forgotten. It is done when the customer is shown as erased.
func (s *Server) EraseCustomer(ctx context.Context, r *customerv1.EraseCustomerRequest) (*customerv1.EraseCustomerResponse, error) {
	if err := themselves(ctx, r.GetCustomerId()); err != nil {
		return nil, err
	}
	done, err := s.Customers.EraseCustomer(ctx, &domain.EraseCustomerRequest{CustomerId: r.GetCustomerId()})
	if err != nil {
		return nil, err
	}
	return &customerv1.EraseCustomerResponse{CustomerId: r.GetCustomerId()}, bff.Accepted(ctx, &domain.CustomerEvent{}, done.GetPosition())
}
