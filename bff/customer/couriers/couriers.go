package couriers

import (
	"strings"

	"google.golang.org/protobuf/proto"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	"tiffin/platform/seal"
	"tiffin/platform/view"
)

// Document is one courier.
type Document struct {
	Name    seal.Box `bson:"name"`
	Vehicle int32    `bson:"vehicle"`
}

// GivenName is how customers know the courier: more is not their business.
func (d Document) GivenName() string {
	given, _, _ := strings.Cut(strings.TrimSpace(d.Name.Text()), " ")
	return given
}

func (d *Document) personal() []*seal.Box { return []*seal.Box{&d.Name} }

// Route names the courier who joined; whatever else couriers do changes nothing here.
func Route(e view.Event) []string {
	if data, ok := e.Data.(*courierv1.CourierEvent); ok && data.GetCourierRegistered() != nil {
		return []string{e.AggregateID}
	}
	return nil
}

// Apply folds one event into its document.
func Apply(d *Document, e view.Event) view.Verdict {
	if data, ok := e.Data.(*courierv1.CourierEvent); ok {
		joined := data.GetCourierRegistered()
		d.Name, d.Vehicle = seal.BoxOf(joined.GetName()), int32(joined.GetVehicle())
	}
	return view.Keep
}

// Spec is what platform/view runs.
func Spec() view.Spec[Document] {
	return view.Spec[Document]{
		Name: "couriers", Version: 1, Newer: view.IgnoreNewer,
		Reads: []proto.Message{&courierv1.CourierEvent{}},
		Route: Route, Apply: Apply, Personal: (*Document).personal,
		Ignores: []proto.Message{
			&courierv1.ShiftStarted{}, &courierv1.ShiftEnded{}, &courierv1.DeliveryOffered{}, &courierv1.OfferAccepted{},
			&courierv1.OfferDeclined{}, &courierv1.OfferExpired{}, &courierv1.OfferWithdrawn{}, &courierv1.DeliveryFinished{},
		},
	}
}
