package customer

import (
	customerv1 "tiffin/gen/tiffin/customer/v1"
	"tiffin/platform/problem"
)

// Erase says that the customer wants to be forgotten.
func (c Customer) Erase(*customerv1.EraseCustomerRequest) (*customerv1.CustomerEvent, error) {
	if c.Status == Leaving || c.Status == Erased {
		return nil, nil
	}
	if err := c.stays(); err != nil {
		return nil, err
	}
	return &customerv1.CustomerEvent{Event: &customerv1.CustomerEvent_ErasureRequested{ErasureRequested: &customerv1.ErasureRequested{}}}, nil
}

// ConfirmErasure says that nothing of the customer is open any more, and the key is destroyed.
func (c Customer) ConfirmErasure(*customerv1.ConfirmErasureRequest) (*customerv1.CustomerEvent, error) {
	switch c.Status {
	case "":
		return nil, c.stays()
	case Erased:
		return nil, nil
	case Registered:
		return nil, problem.Refuse("CUSTOMER_STAYS", "this customer did not ask to be erased")
	default:
		return &customerv1.CustomerEvent{Event: &customerv1.CustomerEvent_CustomerErased{CustomerErased: &customerv1.CustomerErased{}}}, nil
	}
}
