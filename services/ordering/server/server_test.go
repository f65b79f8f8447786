package server_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/identity"
	"tiffin/platform/problem"
)

func TestAnOrdersWholeWay(t *testing.T) {
	h := start(t)
	order := h.order()
	placed, err := h.client.PlaceOrder(as(t, identity.Customer, order.GetCustomerId()), order)
	require.NoError(t, err)
	house := as(t, identity.Service, identity.Any)
	confirmed, err := h.client.ConfirmOrder(house, &orderingv1.ConfirmOrderRequest{OrderId: order.GetOrderId()})
	require.NoError(t, err)
	require.Greater(t, confirmed.GetPosition(), placed.GetPosition())
	completed, err := h.client.CompleteOrder(house, &orderingv1.CompleteOrderRequest{OrderId: order.GetOrderId()})
	require.NoError(t, err)
	require.Greater(t, completed.GetPosition(), confirmed.GetPosition())
	again, err := h.client.CompleteOrder(house, &orderingv1.CompleteOrderRequest{OrderId: order.GetOrderId()})
	require.NoError(t, err)
	require.Equal(t, completed.GetPosition(), again.GetPosition(), "a repeat appends nothing")

	_, err = h.client.CancelOrder(as(t, identity.Customer, order.GetCustomerId()), &orderingv1.CancelOrderRequest{OrderId: order.GetOrderId()})
	requireCode(t, err, problem.Refused, "ORDER_NOT_OPEN")
	_, err = h.client.RejectOrder(house, &orderingv1.RejectOrderRequest{OrderId: order.GetOrderId(), ReasonCode: "TOO_LATE", Reason: "Too late"})
	requireCode(t, err, problem.Refused, "ORDER_NOT_OPEN")

	e := h.first(t).GetOrderPlaced()
	require.Equal(t, "Saffron", e.GetRestaurantName())
	require.EqualValues(t, 2050, e.GetTotal().GetMinorUnits())
	require.Equal(t, "Torstr. 1", e.GetDeliveryAddress().GetData().GetText())
	require.Equal(t, order.GetCustomerId(), e.GetDeliveryAddress().GetPersonId())
	require.Equal(t, h.menuAt, e.GetMenuPosition())
}

func TestARepeatedOrderAnswersAsTheFirstWhateverTheMenuSaysNow(t *testing.T) {
	h := start(t)
	order := h.order()
	ctx := eventlog.WithCommand(as(t, identity.Customer, order.GetCustomerId()), eventlog.Command{ID: "place"})
	first, err := h.client.PlaceOrder(ctx, order)
	require.NoError(t, err)
	h.pause(t)
	again, err := h.client.PlaceOrder(ctx, order)
	require.NoError(t, err)
	require.Equal(t, first.GetPosition(), again.GetPosition())

	_, err = h.client.PlaceOrder(as(t, identity.Customer, order.GetCustomerId()), order)
	requireCode(t, err, problem.Refused, "ORDER_EXISTS")
	other := h.order()
	_, err = h.client.PlaceOrder(as(t, identity.Customer, other.GetCustomerId()), other)
	requireCode(t, err, problem.Refused, "RESTAURANT_PAUSED")
}

func TestARefusalTellsTheRightTotal(t *testing.T) {
	h := start(t)
	order := h.order()
	order.ExpectedTotal.MinorUnits--
	ctx := as(t, identity.Customer, order.GetCustomerId())
	_, err := h.client.PlaceOrder(ctx, order)
	requireCode(t, err, problem.Refused, "TOTAL_CHANGED")
	require.Equal(t, "2050", problem.From(err).Meta["total"])
	order.ExpectedTotal.MinorUnits++
	_, err = h.client.PlaceOrder(ctx, order)
	require.NoError(t, err, "a refusal is not remembered")
}

func TestAnOrderOfAnotherDayIsRefused(t *testing.T) {
	h := start(t)
	order := h.order()
	order.OrderId = idAt(noon.Add(-25 * time.Hour))
	_, err := h.client.PlaceOrder(as(t, identity.Customer, order.GetCustomerId()), order)
	requireCode(t, err, problem.Invalid, "ID_NOT_OF_TODAY")
}

func TestARepeatedCancellationIsForItsCustomerToo(t *testing.T) {
	h := start(t)
	order := h.order()
	ada := as(t, identity.Customer, order.GetCustomerId())
	_, err := h.client.PlaceOrder(ada, order)
	require.NoError(t, err)
	cancel := &orderingv1.CancelOrderRequest{OrderId: order.GetOrderId()}
	once := eventlog.Command{ID: "cancel"}
	_, err = h.client.CancelOrder(eventlog.WithCommand(ada, once), cancel)
	require.NoError(t, err)
	_, err = h.client.CancelOrder(eventlog.WithCommand(as(t, identity.Customer, idAt(noon)), once), cancel)
	requireCode(t, err, problem.Forbidden, "FORBIDDEN")
}

func TestWhoMayDoWhat(t *testing.T) {
	h := start(t)
	order := h.order()
	id := order.GetOrderId()
	place := func(ctx context.Context) error { _, err := h.client.PlaceOrder(ctx, order); return err }
	cancel := func(ctx context.Context) error {
		_, err := h.client.CancelOrder(ctx, &orderingv1.CancelOrderRequest{OrderId: id})
		return err
	}
	confirm := func(ctx context.Context) error {
		_, err := h.client.ConfirmOrder(ctx, &orderingv1.ConfirmOrderRequest{OrderId: id})
		return err
	}
	reject := func(ctx context.Context) error {
		_, err := h.client.RejectOrder(ctx, &orderingv1.RejectOrderRequest{OrderId: id, ReasonCode: "NO", Reason: "No"})
		return err
	}
	complete := func(ctx context.Context) error {
		_, err := h.client.CompleteOrder(ctx, &orderingv1.CompleteOrderRequest{OrderId: id})
		return err
	}
	self, stranger := as(t, identity.Customer, order.GetCustomerId()), as(t, identity.Customer, idAt(noon))
	requireCode(t, cancel(self), problem.NotFound, "ORDER_NOT_FOUND")
	for _, command := range []func(context.Context) error{place, cancel, confirm, reject, complete} {
		requireCode(t, command(t.Context()), problem.Unauthenticated, "UNAUTHENTICATED")
	}
	requireCode(t, place(stranger), problem.Forbidden, "FORBIDDEN")
	require.NoError(t, place(self))
	requireCode(t, cancel(stranger), problem.Forbidden, "FORBIDDEN")
	for _, command := range []func(context.Context) error{confirm, reject, complete} {
		requireCode(t, command(self), problem.Forbidden, "FORBIDDEN")
		requireCode(t, command(as(t, identity.Restaurant, order.GetRestaurantId())), problem.Forbidden, "FORBIDDEN")
	}
	require.NoError(t, confirm(as(t, identity.Operations, identity.Any)))
	_, err := h.client.CancelOrder(self, &orderingv1.CancelOrderRequest{OrderId: id, ReasonCode: "NO_COURIER"})
	requireCode(t, err, problem.Forbidden, "FORBIDDEN")
	require.NoError(t, cancel(self))
}

func TestNothingIsLostOfTheRequestOnItsWay(t *testing.T) {
	h := start(t)
	order := h.order()
	before := proto.CloneOf(order)
	_, err := h.client.PlaceOrder(as(t, identity.Service, identity.Any), order)
	require.NoError(t, err)
	require.True(t, proto.Equal(before, order))
	require.Equal(t, "No onions", h.first(t).GetOrderPlaced().GetLines()[0].GetNote().GetData().GetText())
}
