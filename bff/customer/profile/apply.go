package profile

import (
	"fmt"
	"slices"

	api "tiffin/gen/tiffin/bff/customer/v1"
	customerv1 "tiffin/gen/tiffin/customer/v1"
	"tiffin/platform/seal"
	"tiffin/platform/view"
)

// Route names the customer that an event concerns, if any.
func Route(e view.Event) []string {
	if _, ok := e.Data.(*customerv1.CustomerEvent); ok {
		return []string{e.AggregateID}
	}
	return nil
}

// Apply folds one event into its document. Of an erased customer the id stays, so that they are told what became of them.
func Apply(d *Document, e view.Event) view.Verdict {
	data, ok := e.Data.(*customerv1.CustomerEvent)
	if !ok {
		return view.Keep
	}
	d.CustomerID = e.AggregateID
	switch event := data.GetEvent().(type) {
	case *customerv1.CustomerEvent_CustomerRegistered:
		d.Status = int32(api.CustomerStatus_REGISTERED)
		d.Name, d.Phone = seal.BoxOf(event.CustomerRegistered.GetName()), seal.BoxOf(event.CustomerRegistered.GetPhone())
	case *customerv1.CustomerEvent_ProfileChanged:
		d.Name, d.Phone = seal.BoxOf(event.ProfileChanged.GetName()), seal.BoxOf(event.ProfileChanged.GetPhone())
	case *customerv1.CustomerEvent_AddressPut:
		d.put(event.AddressPut)
	case *customerv1.CustomerEvent_AddressRemoved:
		d.Addresses = slices.DeleteFunc(d.Addresses, func(a Address) bool { return a.AddressID == event.AddressRemoved.GetAddressId() })
	case *customerv1.CustomerEvent_ErasureRequested:
		d.Status = int32(api.CustomerStatus_LEAVING)
	case *customerv1.CustomerEvent_CustomerErased:
		*d = Document{CustomerID: d.CustomerID, Status: int32(api.CustomerStatus_ERASED)}
	default:
		panic(fmt.Errorf("unknown customer event %T", event)) // a fault: the view keeps it until a version that knows it
	}
	return view.Keep
}

func (d *Document) put(p *customerv1.AddressPut) {
	address := Address{AddressID: p.GetAddressId(), Label: seal.BoxOf(p.GetLabel()), Address: seal.BoxOf(p.GetAddress())}
	i := slices.IndexFunc(d.Addresses, func(a Address) bool { return a.AddressID == address.AddressID })
	if i < 0 {
		d.Addresses = append(d.Addresses, address)
		return
	}
	d.Addresses[i] = address
}
