package profile_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	"tiffin/bff/customer/profile"
	api "tiffin/gen/tiffin/bff/customer/v1"
	customerv1 "tiffin/gen/tiffin/customer/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/view"
)

func text(s string) *typev1.Personal {
	return &typev1.Personal{PersonId: "ada", Data: &typev1.PersonalData{Text: s, Location: &typev1.Location{Latitude: 52.5}}}
}

func put(id, line string) *customerv1.CustomerEvent {
	return &customerv1.CustomerEvent{Event: &customerv1.CustomerEvent_AddressPut{AddressPut: &customerv1.AddressPut{
		AddressId: id, Label: text("Home"), Address: text(line),
	}}}
}

func TestACustomersStory(t *testing.T) {
	var d profile.Document
	steps := []*customerv1.CustomerEvent{
		{Event: &customerv1.CustomerEvent_CustomerRegistered{CustomerRegistered: &customerv1.CustomerRegistered{Name: text("Ada"), Phone: text("1")}}},
		{Event: &customerv1.CustomerEvent_ProfileChanged{ProfileChanged: &customerv1.ProfileChanged{Name: text("Ada L."), Phone: text("2")}}},
		put("a", "Street 1"), put("b", "Street 2"), put("a", "Street 3"),
		{Event: &customerv1.CustomerEvent_AddressRemoved{AddressRemoved: &customerv1.AddressRemoved{AddressId: "b"}}},
		{Event: &customerv1.CustomerEvent_ErasureRequested{ErasureRequested: &customerv1.ErasureRequested{}}},
	}
	for _, e := range steps {
		require.Equal(t, view.Keep, profile.Apply(&d, view.Event{AggregateID: "ada", Data: e}))
	}
	want := &api.Customer{
		CustomerId: "ada", Status: api.CustomerStatus_LEAVING, Name: "Ada L.", Phone: "2",
		Addresses: []*api.SavedAddress{{AddressId: "a", Label: "Home", Line: "Street 3", Latitude: 52.5}},
	}
	require.True(t, proto.Equal(want, d.Message()), d.Message())
	erased := &customerv1.CustomerEvent{Event: &customerv1.CustomerEvent_CustomerErased{CustomerErased: &customerv1.CustomerErased{}}}
	profile.Apply(&d, view.Event{AggregateID: "ada", Data: erased})
	require.Equal(t, profile.Document{CustomerID: "ada", Status: int32(api.CustomerStatus_ERASED)}, d)
	require.Panics(t, func() { profile.Apply(&d, view.Event{Data: &customerv1.CustomerEvent{}}) })
}
