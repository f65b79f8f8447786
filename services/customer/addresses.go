package customer

import (
	"google.golang.org/protobuf/proto"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/problem"
)

const maxAddresses = 20

// PutAddress adds an address, or replaces it.
func (c Customer) PutAddress(r *customerv1.PutAddressRequest) (*customerv1.CustomerEvent, error) {
	if err := c.stays(); err != nil {
		return nil, err
	}
	put := &customerv1.AddressPut{
		AddressId: r.GetAddressId(), Label: personal(r.GetCustomerId(), r.GetLabel()),
		Address: &typev1.Personal{PersonId: r.GetCustomerId(), Data: &typev1.PersonalData{Text: r.GetLine(), Location: r.GetLocation()}},
	}
	before, known := c.Addresses[r.GetAddressId()]
	switch {
	case known && proto.Equal(before, put):
		return nil, nil
	case !known && len(c.Addresses) >= maxAddresses:
		return nil, problem.Refuse("TOO_MANY_ADDRESSES", "%d addresses are kept at most", maxAddresses)
	}
	return &customerv1.CustomerEvent{Event: &customerv1.CustomerEvent_AddressPut{AddressPut: put}}, nil
}

// RemoveAddress removes an address.
func (c Customer) RemoveAddress(r *customerv1.RemoveAddressRequest) (*customerv1.CustomerEvent, error) {
	if err := c.stays(); err != nil {
		return nil, err
	}
	if _, known := c.Addresses[r.GetAddressId()]; !known {
		return nil, problem.Missing("ADDRESS_NOT_FOUND", "there is no such address")
	}
	return &customerv1.CustomerEvent{Event: &customerv1.CustomerEvent_AddressRemoved{AddressRemoved: &customerv1.AddressRemoved{
		AddressId: r.GetAddressId(),
	}}}, nil
}
