package server_test

import (
	"context"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/identity"
	"tiffin/platform/problem"
	"tiffin/platform/rpc/rpctest"
	"tiffin/services/delivery/server"
)

var (
	kim, customer = ulid.Make().String(), ulid.Make().String()
	start         = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
)

func rider(string) identity.Grant { return identity.Grant{Role: identity.Courier, Resource: kim} }

func house(string) identity.Grant { return rpctest.House }

const (
	request, assign, pickUp, deliver = "RequestDelivery", "AssignDelivery", "PickUpDelivery", "DeliverDelivery"
	missing, notOpen                 = "DELIVERY_NOT_FOUND", "DELIVERY_NOT_OPEN"
)

// table is every command on a delivery.
var table = rpctest.Table{
	request: {
		By: house, After: []string{request}, WrongState: "DELIVERY_EXISTS", Optional: []string{"restaurant_name"},
		Fine: func(id string) proto.Message {
			return &deliveryv1.RequestDeliveryRequest{
				DeliveryId: id, CustomerId: customer, RestaurantId: kim, RestaurantName: "Saffron", ReadyAt: timestamppb.New(start),
				PickUp: &typev1.Location{Latitude: 52.5, Longitude: 13.4}, Payout: &typev1.Money{CurrencyCode: "EUR", MinorUnits: 300},
				DropOff: &typev1.Personal{PersonId: customer, Data: &typev1.PersonalData{
					Text: "Torstr. 1", Location: &typev1.Location{Latitude: 52.5, Longitude: 13.4},
				}},
			}
		},
	},
	assign: {
		By: house, Before: []string{request}, After: []string{request, "CancelDelivery"}, WrongState: notOpen, Unknown: missing,
		Fine: func(id string) proto.Message {
			return &deliveryv1.AssignDeliveryRequest{DeliveryId: id, CourierId: kim}
		},
	},
	"ReleaseDelivery": {
		By: rider, Before: []string{request, assign}, After: []string{request, assign, pickUp}, WrongState: notOpen, Unknown: missing,
		Fine: func(id string) proto.Message {
			return &deliveryv1.ReleaseDeliveryRequest{DeliveryId: id, CourierId: kim, ReasonCode: "PUNCTURE", Reason: "A flat tyre"}
		},
	},
	pickUp: {
		By: rider, Before: []string{request, assign}, After: []string{request}, WrongState: "DELIVERY_NOT_ASSIGNED", Unknown: missing,
		Fine: func(id string) proto.Message {
			return &deliveryv1.PickUpDeliveryRequest{DeliveryId: id, CourierId: kim}
		},
	},
	deliver: {
		By: rider, Before: []string{request, assign, pickUp}, After: []string{request, assign}, WrongState: notOpen, Unknown: missing,
		Fine: func(id string) proto.Message {
			return &deliveryv1.DeliverDeliveryRequest{DeliveryId: id, CourierId: kim}
		},
	},
	"FailDelivery": {
		By: rider, Before: []string{request, assign, pickUp}, After: []string{request, assign}, WrongState: notOpen, Unknown: missing,
		Fine: func(id string) proto.Message {
			return &deliveryv1.FailDeliveryRequest{DeliveryId: id, ReasonCode: "NOBODY_THERE", Reason: "Nobody opens"}
		},
	},
	"CancelDelivery": {
		By: house, Before: []string{request}, After: []string{request, assign, pickUp}, WrongState: notOpen, Unknown: missing,
		Fine: func(id string) proto.Message {
			return &deliveryv1.CancelDeliveryRequest{DeliveryId: id, Reason: "Cancelled"}
		},
	},
}

func TestBadInput(t *testing.T) {
	log := eventlogtest.Log(t)
	service := server.Service(log, func() time.Time { return start })
	rpctest.BadInput(t, log, rpctest.Connect(t, service.File, service.Register), service.File, &deliveryv1.DeliveryEvent{}, table)
}

func TestTheHouseFailsWhatNobodyTakes(t *testing.T) {
	service := server.Service(eventlogtest.Log(t), func() time.Time { return start })
	c, id := deliveryv1.NewDeliveryServiceClient(rpctest.Connect(t, service.File, service.Register)), ulid.Make().String()
	ctx := rpctest.As(t.Context(), rpctest.House)
	_, err := c.RequestDelivery(ctx, table[request].Fine(id).(*deliveryv1.RequestDeliveryRequest))
	require.NoError(t, err)
	_, err = c.PickUpDelivery(ctx, &deliveryv1.PickUpDeliveryRequest{DeliveryId: id, CourierId: kim})
	rpctest.RequireCode(t, err, problem.Forbidden, "FORBIDDEN")
	fail := &deliveryv1.FailDeliveryRequest{DeliveryId: id, ReasonCode: "NO_COURIER", Reason: "Nobody"}
	_, err = c.FailDelivery(rpctest.As(t.Context(), rider("")), fail)
	rpctest.RequireCode(t, err, problem.Forbidden, "FORBIDDEN")
	_, err = c.FailDelivery(ctx, fail)
	require.NoError(t, err)
}

// The request names no courier: the grant must be on whoever has the delivery now.
func TestOnlyItsOwnCourierFailsADelivery(t *testing.T) {
	service := server.Service(eventlogtest.Log(t), func() time.Time { return start })
	c, id := deliveryv1.NewDeliveryServiceClient(rpctest.Connect(t, service.File, service.Register)), ulid.Make().String()
	house, lee := rpctest.As(t.Context(), rpctest.House), ulid.Make().String()
	asKim := rpctest.As(t.Context(), rider(""))
	asLee := rpctest.As(t.Context(), identity.Grant{Role: identity.Courier, Resource: lee})
	fail := &deliveryv1.FailDeliveryRequest{DeliveryId: id, ReasonCode: "NOBODY_THERE", Reason: "Nobody opens"}
	refused := func(ctx context.Context) {
		t.Helper()
		_, err := c.FailDelivery(ctx, fail)
		rpctest.RequireCode(t, err, problem.Forbidden, "FORBIDDEN")
	}

	_, err := c.RequestDelivery(house, table[request].Fine(id).(*deliveryv1.RequestDeliveryRequest))
	require.NoError(t, err)
	refused(rpctest.As(t.Context(), identity.Grant{Role: identity.Courier})) // nobody's is not everybody's
	_, err = c.AssignDelivery(house, &deliveryv1.AssignDeliveryRequest{DeliveryId: id, CourierId: kim})
	require.NoError(t, err)
	_, err = c.ReleaseDelivery(asKim, table["ReleaseDelivery"].Fine(id).(*deliveryv1.ReleaseDeliveryRequest))
	require.NoError(t, err)
	refused(asKim)
	_, err = c.AssignDelivery(house, &deliveryv1.AssignDeliveryRequest{DeliveryId: id, CourierId: lee})
	require.NoError(t, err)
	_, err = c.PickUpDelivery(asLee, &deliveryv1.PickUpDeliveryRequest{DeliveryId: id, CourierId: lee})
	require.NoError(t, err)
	refused(asKim) // had it once
	once := eventlog.WithCommand(asLee, eventlog.Command{ID: "once"})
	_, err = c.FailDelivery(once, fail)
	require.NoError(t, err)
	refused(eventlog.WithCommand(asKim, eventlog.Command{ID: "once"}))
}
