package server_test

import (
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/identity"
	"tiffin/platform/problem"
	"tiffin/platform/rpc/rpctest"
	"tiffin/services/kitchen/server"
)

var (
	noon              = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	restaurant, other = ulid.Make().String(), ulid.Make().String()
	customer, dal     = ulid.Make().String(), ulid.Make().String()
)

func cook(string) identity.Grant {
	return identity.Grant{Role: identity.Restaurant, Resource: restaurant}
}

func house(string) identity.Grant { return rpctest.House }

func opening(id string) *kitchenv1.OpenTicketRequest {
	return &kitchenv1.OpenTicketRequest{
		TicketId: id, RestaurantId: restaurant, CustomerId: customer, PreparationMinutes: 20,
		Subtotal: &typev1.Money{CurrencyCode: "EUR", MinorUnits: 890}, AnswerBy: timestamppb.New(noon.Add(5 * time.Minute)),
		Lines: []*kitchenv1.TicketLine{{ItemId: dal, Name: "Dal", Quantity: 1, Options: []string{"Large"}, Note: &typev1.Personal{
			PersonId: customer, Data: &typev1.PersonalData{Text: "Hot"},
		}}},
	}
}

// table is every command on a ticket.
var table = rpctest.Table{
	"OpenTicket": {
		By: house, Fine: func(id string) proto.Message { return opening(id) },
		After: []string{"OpenTicket"}, WrongState: "TICKET_EXISTS", Optional: []string{"preparation_minutes"},
	},
	"AcceptTicket": {
		By: cook, Fine: func(id string) proto.Message {
			return &kitchenv1.AcceptTicketRequest{TicketId: id, ReadyIn: durationpb.New(20 * time.Minute)}
		},
		Before: []string{"OpenTicket"}, After: []string{"OpenTicket", "CancelTicket"}, WrongState: "TICKET_NOT_OPEN", Unknown: "TICKET_NOT_FOUND",
		Free: []string{"ready_in.nanos"},
	},
	"DelayTicket": {
		By: cook, Fine: func(id string) proto.Message {
			return &kitchenv1.DelayTicketRequest{TicketId: id, ReadyIn: durationpb.New(30 * time.Minute)}
		},
		Before: []string{"OpenTicket", "AcceptTicket"}, After: []string{"OpenTicket"}, WrongState: "TICKET_NOT_OPEN", Unknown: "TICKET_NOT_FOUND",
		Free: []string{"ready_in.nanos"},
	},
	"RejectTicket": {
		By: cook, Fine: func(id string) proto.Message {
			return &kitchenv1.RejectTicketRequest{TicketId: id, ReasonCode: "ITEMS_SOLD_OUT", Reason: "No lentils", SoldOutItemIds: []string{dal}}
		},
		Before: []string{"OpenTicket"}, After: []string{"OpenTicket", "AcceptTicket", "StartTicket"}, WrongState: "TICKET_NOT_OPEN", Unknown: "TICKET_NOT_FOUND",
		Optional: []string{"sold_out_item_ids"},
	},
	"StartTicket": {
		By: cook, Fine: func(id string) proto.Message { return &kitchenv1.StartTicketRequest{TicketId: id} },
		Before: []string{"OpenTicket", "AcceptTicket"}, After: []string{"OpenTicket"}, WrongState: "TICKET_NOT_OPEN", Unknown: "TICKET_NOT_FOUND",
	},
	"MarkTicketReady": {
		By: cook, Fine: func(id string) proto.Message { return &kitchenv1.MarkTicketReadyRequest{TicketId: id} },
		Before: []string{"OpenTicket", "AcceptTicket", "StartTicket"}, After: []string{"OpenTicket"}, WrongState: "TICKET_NOT_OPEN", Unknown: "TICKET_NOT_FOUND",
	},
	"HandOverTicket": {
		By: cook, Fine: func(id string) proto.Message { return &kitchenv1.HandOverTicketRequest{TicketId: id} },
		Before: []string{"OpenTicket", "AcceptTicket", "StartTicket", "MarkTicketReady"}, After: []string{"OpenTicket"}, WrongState: "TICKET_NOT_READY", Unknown: "TICKET_NOT_FOUND",
	},
	"CancelTicket": {
		By: house, Fine: func(id string) proto.Message {
			return &kitchenv1.CancelTicketRequest{TicketId: id, ReasonCode: "CUSTOMER_CANCELLED", Reason: "Changed their mind"}
		},
		Before: []string{"OpenTicket"}, After: []string{"OpenTicket", "RejectTicket"}, WrongState: "TICKET_NOT_OPEN", Unknown: "TICKET_NOT_FOUND",
	},
}

func TestBadInput(t *testing.T) {
	log := eventlogtest.Log(t)
	file := kitchenv1.File_tiffin_kitchen_v1_service_proto
	conn := rpctest.Connect(t, file, server.New(log, func() time.Time { return noon }).Register)
	rpctest.BadInput(t, log, conn, file, &kitchenv1.TicketEvent{}, table)
}

func TestWhoMayCommandATicket(t *testing.T) {
	service := server.Service(eventlogtest.Log(t), func() time.Time { return noon })
	c := kitchenv1.NewKitchenServiceClient(rpctest.Connect(t, service.File, service.Register))
	id := ulid.Make().String()
	own := rpctest.As(t.Context(), cook(id))
	_, err := c.OpenTicket(own, opening(id))
	rpctest.RequireCode(t, err, problem.Forbidden, "FORBIDDEN")
	_, err = c.OpenTicket(rpctest.As(t.Context(), rpctest.House), opening(id))
	require.NoError(t, err)
	accept := &kitchenv1.AcceptTicketRequest{TicketId: id, ReadyIn: durationpb.New(time.Minute)}
	for _, stranger := range []identity.Grant{rpctest.House, {Role: identity.Restaurant, Resource: other}, {Role: identity.Courier, Resource: identity.Any}} {
		_, err = c.AcceptTicket(rpctest.As(t.Context(), stranger), accept)
		rpctest.RequireCode(t, err, problem.Forbidden, "FORBIDDEN")
	}
	_, err = c.AcceptTicket(own, accept)
	require.NoError(t, err)
	_, err = c.CancelTicket(own, &kitchenv1.CancelTicketRequest{TicketId: id, ReasonCode: "X", Reason: "x"})
	rpctest.RequireCode(t, err, problem.Forbidden, "FORBIDDEN")
	_, err = c.StartTicket(own, &kitchenv1.StartTicketRequest{TicketId: id})
	require.NoError(t, err)
	_, err = c.HandOverTicket(rpctest.As(t.Context(), rpctest.House), &kitchenv1.HandOverTicketRequest{TicketId: id})
	require.NoError(t, err)
}
