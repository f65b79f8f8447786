package server_test

import (
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/identity"
	"tiffin/platform/rpc/rpctest"
	"tiffin/services/courier/server"
)

var (
	offerID, order, person = ulid.Make().String(), ulid.Make().String(), ulid.Make().String()
	noon                   = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
)

func self(id string) identity.Grant { return identity.Grant{Role: identity.Courier, Resource: id} }

func house(string) identity.Grant { return rpctest.House }

const (
	register, begin, offer, accept = "RegisterCourier", "StartShift", "OfferDelivery", "AcceptOffer"
	missing, notOpen               = "COURIER_NOT_FOUND", "OFFER_NOT_OPEN"
)

var (
	free    = []string{register, begin}
	asked   = []string{register, begin, offer}
	holding = []string{register, begin, offer, accept}
)

// table is every command on a courier.
var table = rpctest.Table{
	register: {
		By: house, After: []string{register}, WrongState: "COURIER_EXISTS",
		Fine: func(id string) proto.Message {
			return &courierv1.RegisterCourierRequest{CourierId: id, Name: "Kim", Vehicle: courierv1.Vehicle_VEHICLE_BICYCLE}
		},
	},
	begin: {
		By: self, Before: []string{register}, Unknown: missing,
		Fine: func(id string) proto.Message { return &courierv1.StartShiftRequest{CourierId: id} },
	},
	"EndShift": {
		By: self, Before: free, After: holding, WrongState: "COURIER_BUSY", Unknown: missing,
		Fine: func(id string) proto.Message { return &courierv1.EndShiftRequest{CourierId: id} },
	},
	offer: {
		By: house, Before: free, After: []string{register}, WrongState: "NOT_ON_SHIFT", Unknown: missing, Optional: []string{"restaurant_name"},
		Fine: func(id string) proto.Message {
			return &courierv1.OfferDeliveryRequest{
				CourierId: id, OfferId: offerID, DeliveryId: order, RestaurantId: person, RestaurantName: "Saffron",
				PickUp: &typev1.Location{Latitude: 52.5, Longitude: 13.4}, Payout: &typev1.Money{CurrencyCode: "EUR", MinorUnits: 300},
				DropOff: &typev1.Personal{PersonId: person, Data: &typev1.PersonalData{
					Text: "Torstr. 1", Location: &typev1.Location{Latitude: 52.5, Longitude: 13.4},
				}},
				ReadyAt: timestamppb.New(noon), ExpiresAt: timestamppb.New(noon.Add(30 * time.Second)),
			}
		},
	},
	accept: {
		By: self, Before: asked, After: append(asked[:3:3], "WithdrawOffer"), WrongState: notOpen, Unknown: missing,
		Fine: func(id string) proto.Message { return &courierv1.AcceptOfferRequest{CourierId: id, OfferId: offerID} },
	},
	"DeclineOffer": {
		By: self, Before: asked, After: holding, WrongState: notOpen, Unknown: missing, Optional: []string{"reason"},
		Fine: func(id string) proto.Message {
			return &courierv1.DeclineOfferRequest{CourierId: id, OfferId: offerID, Reason: "Too far"}
		},
	},
	"ExpireOffer": {
		By: house, Before: asked, After: holding, WrongState: notOpen, Unknown: missing,
		Fine: func(id string) proto.Message { return &courierv1.ExpireOfferRequest{CourierId: id, OfferId: offerID} },
	},
	"WithdrawOffer": {
		By: house, Before: asked, After: holding, WrongState: notOpen, Unknown: missing,
		Fine: func(id string) proto.Message { return &courierv1.WithdrawOfferRequest{CourierId: id, OfferId: offerID} },
	},
	"FinishDelivery": {
		By: house, Before: holding, After: free, WrongState: "DELIVERY_NOT_HELD", Unknown: missing, Optional: []string{"earned"},
		Fine: func(id string) proto.Message {
			return &courierv1.FinishDeliveryRequest{
				CourierId: id, DeliveryId: order, Outcome: courierv1.DeliveryOutcome_DELIVERY_OUTCOME_DELIVERED,
				Earned: &typev1.Money{CurrencyCode: "EUR", MinorUnits: 300},
			}
		},
	},
}

func TestBadInput(t *testing.T) {
	log := eventlogtest.Log(t)
	service := server.Service(log, func() time.Time { return noon })
	rpctest.BadInput(t, log, rpctest.Connect(t, service.File, service.Register), service.File, &courierv1.CourierEvent{}, table)
}
