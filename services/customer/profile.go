package customer

import (
	"google.golang.org/protobuf/proto"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	"tiffin/platform/problem"
)

// Register lets somebody join.
func (c Customer) Register(r *customerv1.RegisterCustomerRequest) (*customerv1.CustomerEvent, error) {
	if c.Status != "" {
		return nil, problem.Refuse("CUSTOMER_EXISTS", "a customer of this id is registered already")
	}
	return &customerv1.CustomerEvent{Event: &customerv1.CustomerEvent_CustomerRegistered{CustomerRegistered: &customerv1.CustomerRegistered{
		Name: personal(r.GetCustomerId(), r.GetName()), Phone: personal(r.GetCustomerId(), r.GetPhone()),
	}}}, nil
}

// ChangeProfile changes name and phone.
func (c Customer) ChangeProfile(r *customerv1.ChangeProfileRequest) (*customerv1.CustomerEvent, error) {
	if err := c.stays(); err != nil {
		return nil, err
	}
	name, phone := personal(r.GetCustomerId(), r.GetName()), personal(r.GetCustomerId(), r.GetPhone())
	if proto.Equal(name, c.Name) && proto.Equal(phone, c.Phone) {
		return nil, nil
	}
	return &customerv1.CustomerEvent{Event: &customerv1.CustomerEvent_ProfileChanged{ProfileChanged: &customerv1.ProfileChanged{
		Name: name, Phone: phone,
	}}}, nil
}
