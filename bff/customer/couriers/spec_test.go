package couriers_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"tiffin/bff/customer/couriers"
	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	courierv1 "tiffin/gen/tiffin/courier/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/view"
	"tiffin/platform/view/viewtest"
)

func TestNoEventIsForgotten(t *testing.T) { viewtest.Covers(t, couriers.Spec()) }

func TestACourierIsKnownByTheGivenName(t *testing.T) {
	var d couriers.Document
	couriers.Apply(&d, view.Event{AggregateID: "ben", Data: &courierv1.CourierEvent{
		Event: &courierv1.CourierEvent_CourierRegistered{CourierRegistered: &courierv1.CourierRegistered{
			Vehicle: courierv1.Vehicle_VEHICLE_SCOOTER,
			Name:    &typev1.Personal{Data: &typev1.PersonalData{Text: " Ben Okafor"}},
		}},
	}})
	require.Equal(t, "Ben", d.GivenName())
	require.EqualValues(t, customerv1.Vehicle_SCOOTER, d.Vehicle)
	require.Len(t, couriers.Spec().Personal(&d), 1)
}
