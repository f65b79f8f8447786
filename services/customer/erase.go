package customer

import (
	customerv1 "tiffin/gen/tiffin/customer/v1"
	"tiffin/platform/problem"
)

// Erase says that the customer wants to be forgotten, by the erasure of that id.
func (c Customer) Erase(_ *customerv1.EraseCustomerRequest, erasureID string) (*customerv1.CustomerEvent, error) {
	if c.Status == Leaving || c.Status == Erased {
		return nil, nil
	}
	if err := c.stays(); err != nil {
		return nil, err
	}
	return &customerv1.CustomerEvent{Event: &customerv1.CustomerEvent_ErasureRequested{ErasureRequested: &customerv1.ErasureRequested{
		ErasureId: erasureID,
	}}}, nil
}

// DestroyKey refuses to let the key of somebody be destroyed who did not ask for it. What it allows is no event.
func (c Customer) DestroyKey(*customerv1.DestroyKeyRequest) error {
	switch c.Status {
	case Leaving, Erased:
		return nil
	case Registered:
		return problem.Refuse("CUSTOMER_STAYS", "this customer did not ask to be erased")
	default:
		return c.stays()
	}
}

// ConfirmErasure says that nothing of the customer is open any more, and nobody has the key.
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
