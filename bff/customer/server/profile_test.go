package server_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	domainv1 "tiffin/gen/tiffin/customer/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/problem"
	"tiffin/platform/view"
)

// customers stands for the service behind.
type customers struct {
	domainv1.UnimplementedCustomerServiceServer
	got []proto.Message
}

func (c *customers) RegisterCustomer(_ context.Context, r *domainv1.RegisterCustomerRequest) (*domainv1.RegisterCustomerResponse, error) {
	c.got = append(c.got, r)
	return &domainv1.RegisterCustomerResponse{Position: 1}, nil
}

func (c *customers) ChangeProfile(_ context.Context, r *domainv1.ChangeProfileRequest) (*domainv1.ChangeProfileResponse, error) {
	c.got = append(c.got, r)
	return &domainv1.ChangeProfileResponse{Position: 1}, nil
}

func (c *customers) PutAddress(_ context.Context, r *domainv1.PutAddressRequest) (*domainv1.PutAddressResponse, error) {
	c.got = append(c.got, r)
	return &domainv1.PutAddressResponse{Position: 1}, nil
}

func (c *customers) RemoveAddress(_ context.Context, r *domainv1.RemoveAddressRequest) (*domainv1.RemoveAddressResponse, error) {
	c.got = append(c.got, r)
	return &domainv1.RemoveAddressResponse{Position: 1}, nil
}

func (c *customers) EraseCustomer(_ context.Context, r *domainv1.EraseCustomerRequest) (*domainv1.EraseCustomerResponse, error) {
	c.got = append(c.got, r)
	return &domainv1.EraseCustomerResponse{Position: 1}, nil
}

func TestEachChangeOfACustomerIsOneCommandOfTheirOwn(t *testing.T) {
	h := open(t)
	for _, c := range []struct {
		method, path, body string
		sent               proto.Message
	}{
		{http.MethodPost, "customers", `{"customer_id":"` + ann + `","name":"Ann","phone":"1"}`, &domainv1.RegisterCustomerRequest{CustomerId: ann, Name: "Ann", Phone: "1"}},
		{http.MethodPut, "customers/" + ann, `{"name":"Ann B."}`, &domainv1.ChangeProfileRequest{CustomerId: ann, Name: "Ann B."}},
		{http.MethodPut, "customers/" + ann + "/addresses/" + kitchen, `{"label":"Home","line":"Street 1","latitude":52.5,"longitude":13.4}`, &domainv1.PutAddressRequest{
			CustomerId: ann, AddressId: kitchen, Label: "Home", Line: "Street 1", Location: &typev1.Location{Latitude: 52.5, Longitude: 13.4},
		}},
		{http.MethodDelete, "customers/" + ann + "/addresses/" + kitchen, "", &domainv1.RemoveAddressRequest{CustomerId: ann, AddressId: kitchen}},
		{http.MethodPost, "customers/" + ann + ":erase", "{}", &domainv1.EraseCustomerRequest{CustomerId: ann}},
	} {
		h.customers.got = nil
		require.Equal(t, 401, h.ask(t, c.method, c.path, "", c.body).StatusCode, c.path)
		require.Equal(t, 403, h.ask(t, c.method, c.path, bob, c.body).StatusCode, c.path)
		require.Empty(t, h.customers.got)
		answer := h.ask(t, c.method, c.path, ann, c.body)
		require.Equal(t, 200, answer.StatusCode, c.path)
		require.NotEmpty(t, answer.Header.Get("Tiffin-Position"))
		require.Len(t, h.customers.got, 1)
		require.True(t, proto.Equal(c.sent, h.customers.got[0]), h.customers.got[0])
	}
}

func TestCustomersSeeThemselvesUntilTheirKeyIsGone(t *testing.T) {
	h := open(t)
	answer := h.ask(t, http.MethodGet, "customers/"+ann, ann, "")
	require.Equal(t, 404, answer.StatusCode)
	require.Equal(t, "CUSTOMER_NOT_FOUND", read[problem.Document](t, answer).Code)
	h.profiles.Apply(t, view.Event{Position: 1, Domain: "customer", AggregateID: ann, Data: &domainv1.CustomerEvent{
		Event: &domainv1.CustomerEvent_CustomerRegistered{CustomerRegistered: &domainv1.CustomerRegistered{
			Name: &typev1.Personal{PersonId: ann, Data: &typev1.PersonalData{Text: "Ann"}},
		}},
	}})
	require.Equal(t, 403, h.ask(t, http.MethodGet, "customers/"+ann, bob, "").StatusCode)
	seen := read[map[string]any](t, h.ask(t, http.MethodGet, "customers/"+ann, ann, ""))
	require.Equal(t, "Ann", seen["name"])
	require.Equal(t, "REGISTERED", seen["status"])
	require.NoError(t, h.profiles.Keys.Destroy(t.Context(), ann))
	seen = read[map[string]any](t, h.ask(t, http.MethodGet, "customers/"+ann, ann, ""))
	require.Empty(t, seen["name"], "whoever has told the view or not")
}
