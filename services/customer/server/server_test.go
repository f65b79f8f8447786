package server_test

import (
	"testing"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/identity"
	"tiffin/platform/problem"
	"tiffin/platform/rpc/rpctest"
	"tiffin/platform/seal"
	"tiffin/services/customer/server"
)

var home = ulid.Make().String()

func self(id string) identity.Grant {
	return identity.Grant{Role: identity.Customer, Resource: id}
}

func house(string) identity.Grant { return rpctest.House }

func registering(id string) *customerv1.RegisterCustomerRequest {
	return &customerv1.RegisterCustomerRequest{CustomerId: id, Name: "Ada", Phone: "030 1"}
}

// table is every command on a customer.
var table = rpctest.Table{
	"RegisterCustomer": {
		By: self, Fine: func(id string) proto.Message { return registering(id) },
		After: []string{"RegisterCustomer"}, WrongState: "CUSTOMER_EXISTS", Optional: []string{"phone"},
	},
	"ChangeProfile": {
		By: self, Fine: func(id string) proto.Message {
			return &customerv1.ChangeProfileRequest{CustomerId: id, Name: "Ada L.", Phone: "030 2"}
		},
		Before: []string{"RegisterCustomer"}, After: []string{"RegisterCustomer", "EraseCustomer"}, WrongState: "CUSTOMER_LEAVING",
		Unknown: "CUSTOMER_NOT_FOUND", Optional: []string{"phone"},
	},
	"PutAddress": {
		By: self, Fine: func(id string) proto.Message {
			return &customerv1.PutAddressRequest{
				CustomerId: id, AddressId: home, Label: "Home", Line: "Torstr. 1", Location: &typev1.Location{Latitude: 52.5, Longitude: 13.4},
			}
		},
		Before: []string{"RegisterCustomer"}, After: []string{"RegisterCustomer", "EraseCustomer"}, WrongState: "CUSTOMER_LEAVING",
		Unknown: "CUSTOMER_NOT_FOUND", Optional: []string{"label"},
	},
	"RemoveAddress": {
		By: self, Fine: func(id string) proto.Message {
			return &customerv1.RemoveAddressRequest{CustomerId: id, AddressId: home}
		},
		Before: []string{"RegisterCustomer", "PutAddress"}, After: []string{"RegisterCustomer", "EraseCustomer"}, WrongState: "CUSTOMER_LEAVING",
		Unknown: "CUSTOMER_NOT_FOUND",
	},
	"EraseCustomer": {
		By: self, Fine: func(id string) proto.Message { return &customerv1.EraseCustomerRequest{CustomerId: id} },
		Before: []string{"RegisterCustomer"}, Unknown: "CUSTOMER_NOT_FOUND",
	},
	"DestroyKey": {
		By: house, Fine: func(id string) proto.Message { return &customerv1.DestroyKeyRequest{CustomerId: id} },
		Before: []string{"RegisterCustomer", "EraseCustomer"}, After: []string{"RegisterCustomer"}, WrongState: "CUSTOMER_STAYS",
		Unknown: "CUSTOMER_NOT_FOUND", Eventless: true,
	},
	"ConfirmErasure": {
		By: house, Fine: func(id string) proto.Message { return &customerv1.ConfirmErasureRequest{CustomerId: id} },
		Before: []string{"RegisterCustomer", "EraseCustomer"}, After: []string{"RegisterCustomer"}, WrongState: "CUSTOMER_STAYS",
		Unknown: "CUSTOMER_NOT_FOUND",
	},
}

func TestBadInput(t *testing.T) {
	keys := seal.Memory()
	log := eventlogtest.Log(t, func(o *eventlog.Options) { o.Keys = keys })
	service := server.Service(log, keys)
	conn := rpctest.Connect(t, service.File, service.Register)
	rpctest.BadInput(t, log, conn, service.File, &customerv1.CustomerEvent{}, table)
}

func TestNobodyIsErasedByAnybodyElse(t *testing.T) {
	keys := seal.Memory()
	log := eventlogtest.Log(t, func(o *eventlog.Options) { o.Keys = keys })
	service := server.Service(log, keys)
	c := customerv1.NewCustomerServiceClient(rpctest.Connect(t, service.File, service.Register))
	id := ulid.Make().String()
	own := rpctest.As(t.Context(), self(id))
	_, err := c.RegisterCustomer(own, registering(id))
	require.NoError(t, err)
	for _, stranger := range []identity.Grant{self(ulid.Make().String()), rpctest.House, {Role: identity.Restaurant, Resource: identity.Any}} {
		_, err = c.EraseCustomer(rpctest.As(t.Context(), stranger), &customerv1.EraseCustomerRequest{CustomerId: id})
		rpctest.RequireCode(t, err, problem.Forbidden, "FORBIDDEN")
	}
	// Not even the customer can take the key first.
	_, err = c.DestroyKey(own, &customerv1.DestroyKeyRequest{CustomerId: id})
	rpctest.RequireCode(t, err, problem.Forbidden, "FORBIDDEN")
	_, err = c.DestroyKey(rpctest.As(t.Context(), rpctest.House), &customerv1.DestroyKeyRequest{CustomerId: id})
	rpctest.RequireCode(t, err, problem.Refused, "CUSTOMER_STAYS")
	_, known, err := keys.Lookup(t.Context(), id)
	require.NoError(t, err)
	require.True(t, known)

	operations := rpctest.As(t.Context(), identity.Grant{Role: identity.Operations, Resource: identity.Any})
	_, err = c.EraseCustomer(operations, &customerv1.EraseCustomerRequest{CustomerId: id})
	require.NoError(t, err)
	for range 2 { // a repeat changes nothing
		_, err = c.DestroyKey(rpctest.As(t.Context(), rpctest.House), &customerv1.DestroyKeyRequest{CustomerId: id})
		require.NoError(t, err)
		_, known, err = keys.Lookup(t.Context(), id)
		require.NoError(t, err)
		require.False(t, known)
	}
	_, err = c.RegisterCustomer(own, registering(id))
	rpctest.RequireCode(t, err, problem.Refused, "CUSTOMER_EXISTS")
}
