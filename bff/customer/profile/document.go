package profile

import (
	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	"tiffin/platform/seal"
)

// Document is one customer.
type Document struct {
	CustomerID string    `bson:"customer_id"`
	Status     int32     `bson:"status"`
	Name       seal.Box  `bson:"name"`
	Phone      seal.Box  `bson:"phone"`
	Addresses  []Address `bson:"addresses"`
}

// Address was saved by the customer.
type Address struct {
	AddressID string   `bson:"address_id"`
	Label     seal.Box `bson:"label"`
	Address   seal.Box `bson:"address"`
}

func (d *Document) personal() []*seal.Box {
	boxes := []*seal.Box{&d.Name, &d.Phone}
	for i := range d.Addresses {
		boxes = append(boxes, &d.Addresses[i].Label, &d.Addresses[i].Address)
	}
	return boxes
}

// Message is the customer as the API has it.
func (d Document) Message() *customerv1.Customer {
	m := &customerv1.Customer{
		CustomerId: d.CustomerID, Status: customerv1.CustomerStatus(d.Status), Name: d.Name.Text(), Phone: d.Phone.Text(),
	}
	for _, a := range d.Addresses {
		m.Addresses = append(m.Addresses, &customerv1.SavedAddress{
			AddressId: a.AddressID, Label: a.Label.Text(), Line: a.Address.Text(),
			Latitude: a.Address.Location().GetLatitude(), Longitude: a.Address.Location().GetLongitude(),
		})
	}
	return m
}
