package server_test

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/reflect/protoreflect"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/identity"
	"tiffin/platform/problem"
	"tiffin/platform/rpc"
	"tiffin/services/payment/server"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func newID() string { return ulid.MustNew(ulid.Timestamp(noon), rand.Reader).String() }

func eur(minor int64) *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: minor} }

// verify takes a token for what it says: a role.
func verify(_ context.Context, token string) (identity.Caller, error) {
	if token == "" {
		return identity.Caller{}, errors.New("no role in the token")
	}
	return identity.Caller{
		Subject: token, Grants: []identity.Grant{{Role: identity.Role(token), Resource: identity.Any}}, Token: token,
	}, nil
}

func as(t *testing.T, role identity.Role) context.Context {
	return identity.NewContext(t.Context(), identity.Caller{Token: string(role)})
}

func requireCode(t *testing.T, err error, kind problem.Kind, code string) {
	t.Helper()
	p := problem.From(err)
	require.NotNil(t, p)
	require.Equal(t, code, p.Code, p.Detail)
	require.Equal(t, kind, p.Kind)
}

func connect(t *testing.T) paymentv1.PaymentServiceClient {
	t.Helper()
	log := eventlogtest.Log(t, func(o *eventlog.Options) { o.Now = func() time.Time { return noon } })
	grpcServer, err := rpc.NewServer(rpc.ServerOptions{
		Verify: verify, Files: []protoreflect.FileDescriptor{paymentv1.File_tiffin_payment_v1_service_proto},
	})
	require.NoError(t, err)
	server.New(log).Register(grpcServer)
	conn, closed, err := rpc.InProcess(grpcServer, rpc.DialOptions(rpc.ClientOptions{})...)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, closed())
		grpcServer.Stop()
	})
	return paymentv1.NewPaymentServiceClient(conn)
}

func TestAPaymentsWholeWay(t *testing.T) {
	client, house, id := connect(t), as(t, identity.Service), newID()
	asked, err := client.AuthorizePayment(house, &paymentv1.AuthorizePaymentRequest{
		PaymentId: id, CustomerId: newID(), RestaurantId: newID(), Amount: eur(3220),
	})
	require.NoError(t, err)
	said := func(operation string) uint64 {
		t.Helper()
		r, err := client.RecordOutcome(house, &paymentv1.RecordOutcomeRequest{
			PaymentId: id, OperationId: id + operation,
			Outcome: &paymentv1.RecordOutcomeRequest_Succeeded{Succeeded: &paymentv1.Succeeded{Reference: "pay_1"}},
		})
		require.NoError(t, err)
		return r.GetPosition()
	}
	authorized := said("-authorize-1")
	require.Greater(t, authorized, asked.GetPosition())
	require.Equal(t, authorized, said("-authorize-1"), "said twice, recorded once")
	_, err = client.CapturePayment(house, &paymentv1.CapturePaymentRequest{PaymentId: id, Amount: eur(3220)})
	require.NoError(t, err)
	_, err = client.VoidPayment(house, &paymentv1.VoidPaymentRequest{PaymentId: id})
	requireCode(t, err, problem.Refused, "PAYMENT_NOT_OPEN")
	said("-capture-2")
	refund := eventlog.WithCommand(house, eventlog.Command{ID: "cold"})
	first, err := client.RefundPayment(refund, &paymentv1.RefundPaymentRequest{PaymentId: id, Amount: eur(20), Reason: "Cold"})
	require.NoError(t, err)
	again, err := client.RefundPayment(refund, &paymentv1.RefundPaymentRequest{PaymentId: id, Amount: eur(20), Reason: "Cold"})
	require.NoError(t, err)
	require.Equal(t, first.GetPosition(), again.GetPosition(), "a repeated refund is one")
	said("-refund-3")
}

func TestWhoMayDoWhat(t *testing.T) {
	client, id := connect(t), newID()
	commands := map[string]func(context.Context) error{
		"authorize": func(ctx context.Context) error {
			_, err := client.AuthorizePayment(ctx, &paymentv1.AuthorizePaymentRequest{
				PaymentId: id, CustomerId: newID(), RestaurantId: newID(), Amount: eur(100),
			})
			return err
		},
		"void": func(ctx context.Context) error {
			_, err := client.VoidPayment(ctx, &paymentv1.VoidPaymentRequest{PaymentId: id})
			return err
		},
		"capture": func(ctx context.Context) error {
			_, err := client.CapturePayment(ctx, &paymentv1.CapturePaymentRequest{PaymentId: id, Amount: eur(100)})
			return err
		},
		"refund": func(ctx context.Context) error {
			_, err := client.RefundPayment(ctx, &paymentv1.RefundPaymentRequest{PaymentId: id, Amount: eur(1), Reason: "Cold"})
			return err
		},
		"record": func(ctx context.Context) error {
			_, err := client.RecordOutcome(ctx, &paymentv1.RecordOutcomeRequest{
				PaymentId: id, OperationId: strings.ToLower(id),
				Outcome: &paymentv1.RecordOutcomeRequest_Refused{Refused: &paymentv1.Refused{ReasonCode: "NO"}},
			})
			return err
		},
	}
	for name, command := range commands {
		requireCode(t, command(t.Context()), problem.Unauthenticated, "UNAUTHENTICATED")
		for _, role := range []identity.Role{identity.Customer, identity.Restaurant, identity.Courier} {
			requireCode(t, command(as(t, role)), problem.Forbidden, "FORBIDDEN")
		}
		if name == "record" {
			requireCode(t, command(as(t, identity.Operations)), problem.Forbidden, "FORBIDDEN")
		}
		if name != "authorize" {
			requireCode(t, command(as(t, identity.Service)), problem.NotFound, "PAYMENT_NOT_FOUND")
		}
	}
	require.NoError(t, commands["authorize"](as(t, identity.Operations)))
}

func TestMalformedRequestsAreRefused(t *testing.T) {
	client, house, id := connect(t), as(t, identity.Service), newID()
	for name, send := range map[string]func() error{
		"no id": func() error {
			_, err := client.AuthorizePayment(house, &paymentv1.AuthorizePaymentRequest{CustomerId: id, RestaurantId: id, Amount: eur(1)})
			return err
		},
		"no amount": func() error {
			_, err := client.AuthorizePayment(house, &paymentv1.AuthorizePaymentRequest{PaymentId: id, CustomerId: id, RestaurantId: id})
			return err
		},
		"no reason": func() error {
			_, err := client.RefundPayment(house, &paymentv1.RefundPaymentRequest{PaymentId: id, Amount: eur(1)})
			return err
		},
		"no outcome": func() error {
			_, err := client.RecordOutcome(house, &paymentv1.RecordOutcomeRequest{PaymentId: id, OperationId: "x"})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) { requireCode(t, send(), problem.Invalid, "INVALID_ARGUMENT") })
	}
}
