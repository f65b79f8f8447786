package customer

import (
	"fmt"
	"maps"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/problem"
)

// Status is whether a customer stays.
type Status string

// The statuses. A customer who was never registered has the zero value.
const (
	Registered Status = "registered"
	Leaving    Status = "leaving"
	Erased     Status = "erased"
)

// Customer is what their events say about one customer. It is never changed in place: Evolve returns another.
type Customer struct {
	Status      Status
	Name, Phone *typev1.Personal
	Addresses   map[string]*customerv1.AddressPut
}

// Evolve returns the customer after the event. An event that it does not know is an error.
func Evolve(c Customer, e *customerv1.CustomerEvent) (Customer, error) {
	switch e := e.GetEvent().(type) {
	case *customerv1.CustomerEvent_CustomerRegistered:
		return Customer{Status: Registered, Name: e.CustomerRegistered.GetName(), Phone: e.CustomerRegistered.GetPhone()}, nil
	case *customerv1.CustomerEvent_ProfileChanged:
		c.Name, c.Phone = e.ProfileChanged.GetName(), e.ProfileChanged.GetPhone()
	case *customerv1.CustomerEvent_AddressPut:
		addresses := make(map[string]*customerv1.AddressPut, len(c.Addresses)+1)
		maps.Copy(addresses, c.Addresses)
		addresses[e.AddressPut.GetAddressId()] = e.AddressPut
		c.Addresses = addresses
	case *customerv1.CustomerEvent_AddressRemoved:
		c.Addresses = maps.Clone(c.Addresses)
		delete(c.Addresses, e.AddressRemoved.GetAddressId())
	case *customerv1.CustomerEvent_ErasureRequested:
		c.Status = Leaving
	case *customerv1.CustomerEvent_CustomerErased:
		return Customer{Status: Erased}, nil
	default:
		return c, fmt.Errorf("customer: unknown event %T", e)
	}
	return c, nil
}

// stays refuses commands on a customer who was never registered, or wants to be forgotten.
func (c Customer) stays() error {
	switch c.Status {
	case Registered:
		return nil
	case "":
		return problem.Missing("CUSTOMER_NOT_FOUND", "there is no such customer")
	default:
		return problem.Refuse("CUSTOMER_LEAVING", "this customer is %s", c.Status).With("status", string(c.Status))
	}
}

func personal(id, text string) *typev1.Personal {
	return &typev1.Personal{PersonId: id, Data: &typev1.PersonalData{Text: text}}
}
