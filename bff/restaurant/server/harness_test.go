package server_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	"tiffin/bff/restaurant/board"
	"tiffin/bff/restaurant/menu"
	"tiffin/bff/restaurant/sales"
	"tiffin/bff/restaurant/server"
	"tiffin/bff/restaurant/tickets"
	restaurantbffv1 "tiffin/gen/tiffin/bff/restaurant/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/bff/bfftest"
	"tiffin/platform/eventlog"
	"tiffin/platform/identity"
	"tiffin/platform/view/viewtest"
)

const (
	dal, umi = "01ARZ3NDEKTSV4RRFFQ69G5FA1", "01ARZ3NDEKTSV4RRFFQ69G5FA2"
	item     = "01ARZ3NDEKTSV4RRFFQ69G5FA4"
	// customer is the token of somebody who only orders.
	customer = "customer"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) // a Monday

// sent is a command as it arrived at the service behind.
type sent struct {
	key     string
	command proto.Message
}

// behind stands for the services behind; it records what arrives over the real wire.
type behind struct {
	kitchenv1.UnimplementedKitchenServiceServer
	restaurantv1.UnimplementedRestaurantServiceServer
	got     []sent
	refusal error
}

func (b *behind) take(ctx context.Context, command proto.Message) error {
	if identity.FromContext(ctx).Subject != dal {
		return errors.New("the caller was not forwarded")
	}
	b.got = append(b.got, sent{eventlog.CommandFrom(ctx).ID, command})
	return b.refusal
}

func (b *behind) AcceptTicket(ctx context.Context, r *kitchenv1.AcceptTicketRequest) (*kitchenv1.AcceptTicketResponse, error) {
	return &kitchenv1.AcceptTicketResponse{Position: 41}, b.take(ctx, r)
}

func (b *behind) DelayTicket(ctx context.Context, r *kitchenv1.DelayTicketRequest) (*kitchenv1.DelayTicketResponse, error) {
	return &kitchenv1.DelayTicketResponse{Position: 41}, b.take(ctx, r)
}

func (b *behind) RejectTicket(ctx context.Context, r *kitchenv1.RejectTicketRequest) (*kitchenv1.RejectTicketResponse, error) {
	return &kitchenv1.RejectTicketResponse{Position: 41}, b.take(ctx, r)
}

func (b *behind) StartTicket(ctx context.Context, r *kitchenv1.StartTicketRequest) (*kitchenv1.StartTicketResponse, error) {
	return &kitchenv1.StartTicketResponse{Position: 41}, b.take(ctx, r)
}

func (b *behind) MarkTicketReady(ctx context.Context, r *kitchenv1.MarkTicketReadyRequest) (*kitchenv1.MarkTicketReadyResponse, error) {
	return &kitchenv1.MarkTicketReadyResponse{Position: 41}, b.take(ctx, r)
}

func (b *behind) HandOverTicket(ctx context.Context, r *kitchenv1.HandOverTicketRequest) (*kitchenv1.HandOverTicketResponse, error) {
	return &kitchenv1.HandOverTicketResponse{Position: 41}, b.take(ctx, r)
}

func (b *behind) OpenRestaurant(ctx context.Context, r *restaurantv1.OpenRestaurantRequest) (*restaurantv1.OpenRestaurantResponse, error) {
	return &restaurantv1.OpenRestaurantResponse{Position: 51}, b.take(ctx, r)
}

func (b *behind) PauseRestaurant(ctx context.Context, r *restaurantv1.PauseRestaurantRequest) (*restaurantv1.PauseRestaurantResponse, error) {
	return &restaurantv1.PauseRestaurantResponse{Position: 51}, b.take(ctx, r)
}

func (b *behind) PutMenuItem(ctx context.Context, r *restaurantv1.PutMenuItemRequest) (*restaurantv1.PutMenuItemResponse, error) {
	return &restaurantv1.PutMenuItemResponse{Position: 51}, b.take(ctx, r)
}

func (b *behind) RemoveMenuItem(ctx context.Context, r *restaurantv1.RemoveMenuItemRequest) (*restaurantv1.RemoveMenuItemResponse, error) {
	return &restaurantv1.RemoveMenuItemResponse{Position: 51}, b.take(ctx, r)
}

func (b *behind) MarkSoldOut(ctx context.Context, r *restaurantv1.MarkSoldOutRequest) (*restaurantv1.MarkSoldOutResponse, error) {
	return &restaurantv1.MarkSoldOutResponse{Position: 51}, b.take(ctx, r)
}

func (b *behind) MarkBack(ctx context.Context, r *restaurantv1.MarkBackRequest) (*restaurantv1.MarkBackResponse, error) {
	return &restaurantv1.MarkBackResponse{Position: 51}, b.take(ctx, r)
}

// verify knows each restaurant's people by the restaurant's id.
func verify(_ context.Context, token string) (identity.Caller, error) {
	switch token {
	case dal, umi:
		return identity.Caller{Subject: token, Grants: []identity.Grant{{Role: identity.Restaurant, Resource: token}}}, nil
	case customer:
		return identity.Caller{Subject: token, Grants: []identity.Grant{{Role: identity.Customer, Resource: token}}}, nil
	}
	return identity.Caller{}, errors.New("unknown token")
}

type house struct {
	bfftest.Face
	behind  *behind
	boards  *viewtest.Stepped[board.Document]
	tickets *viewtest.Stepped[tickets.Document]
	menus   *viewtest.Stepped[menu.Document]
	sales   *viewtest.Stepped[sales.Document]
	beats   chan time.Time
}

func open(t *testing.T) house {
	t.Helper()
	h := house{
		behind: &behind{}, beats: make(chan time.Time),
		boards: viewtest.NewStepped(t, board.Spec()), tickets: viewtest.NewStepped(t, tickets.Spec()),
		menus: viewtest.NewStepped(t, menu.Spec()), sales: viewtest.NewStepped(t, sales.Spec()),
	}
	toDomain := bfftest.Behind(t, verify, func(r grpc.ServiceRegistrar) {
		kitchenv1.RegisterKitchenServiceServer(r, h.behind)
		restaurantv1.RegisterRestaurantServiceServer(r, h.behind)
	})
	s, err := server.New(server.Options{
		Boards: h.boards, Tickets: h.tickets, Menus: h.menus, Sales: h.sales,
		Kitchen: kitchenv1.NewKitchenServiceClient(toDomain), Restaurants: restaurantv1.NewRestaurantServiceClient(toDomain),
		Now:       func() time.Time { return noon },
		Heartbeat: func() (<-chan time.Time, func()) { return h.beats, func() {} },
	})
	require.NoError(t, err)
	h.Face = bfftest.Serve(t, bfftest.Options{
		Audience: "restaurant", Verify: verify, File: restaurantbffv1.File_tiffin_bff_restaurant_v1_restaurant_proto,
		Register: func(r grpc.ServiceRegistrar) { restaurantbffv1.RegisterRestaurantServiceServer(r, s) },
		Handler: func(ctx context.Context, mux *runtime.ServeMux, conn grpc.ClientConnInterface) error {
			return restaurantbffv1.RegisterRestaurantServiceHandlerClient(ctx, mux, restaurantbffv1.NewRestaurantServiceClient(conn))
		},
	})
	return h
}

// ask sends a request; headers come in pairs.
func (h house) ask(t *testing.T, method, path, caller, body string, headers ...string) *http.Response {
	t.Helper()
	return h.Ask(t, method, path, caller, body, headers...)
}

func read[T any](t *testing.T, r *http.Response) T { t.Helper(); return bfftest.Read[T](t, r) }
