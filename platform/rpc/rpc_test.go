package rpc_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/reflect/protoreflect"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/identity"
	"tiffin/platform/problem"
	"tiffin/platform/rpc"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const id = "01ARZ3NDEKTSV4RRFFQ69G5FAV"

// ordering is a handler of the test's own behind the real interceptors.
type ordering struct {
	orderingv1.UnimplementedOrderingServiceServer
	confirm func(ctx context.Context) error
}

func (o ordering) ConfirmOrder(ctx context.Context, _ *orderingv1.ConfirmOrderRequest) (*orderingv1.ConfirmOrderResponse, error) {
	return &orderingv1.ConfirmOrderResponse{}, o.confirm(ctx)
}

func verify(_ context.Context, token string) (identity.Caller, error) {
	if token != "good" {
		return identity.Caller{}, errors.New("signature of " + token)
	}
	return identity.Caller{Subject: "ann"}, nil
}

// connector connects to a server of the handler.
type connector func(t *testing.T, log io.Writer, confirm func(context.Context) error) orderingv1.OrderingServiceClient

// everyWay runs the test over a wire, and as calls within the process: it must not matter which.
func everyWay(t *testing.T, test func(t *testing.T, connect connector)) {
	options := func(log io.Writer) rpc.ServerOptions {
		return rpc.ServerOptions{
			Verify: verify, Logger: slog.New(slog.NewTextHandler(log, nil)),
			Files: []protoreflect.FileDescriptor{orderingv1.File_tiffin_ordering_v1_service_proto},
		}
	}
	t.Run("over a wire", func(t *testing.T) {
		test(t, func(t *testing.T, log io.Writer, confirm func(context.Context) error) orderingv1.OrderingServiceClient {
			t.Helper()
			server, err := rpc.NewServer(options(log))
			require.NoError(t, err)
			orderingv1.RegisterOrderingServiceServer(server, ordering{confirm: confirm})
			conn, closed, err := rpc.InProcess(server, rpc.DialOptions(rpc.ClientOptions{})...)
			require.NoError(t, err)
			t.Cleanup(func() {
				require.NoError(t, closed())
				server.Stop()
			})
			return orderingv1.NewOrderingServiceClient(conn)
		})
	})
	t.Run("within the process", func(t *testing.T) {
		test(t, func(t *testing.T, log io.Writer, confirm func(context.Context) error) orderingv1.OrderingServiceClient {
			t.Helper()
			channel, err := rpc.NewChannel(options(log))
			require.NoError(t, err)
			orderingv1.RegisterOrderingServiceServer(channel, ordering{confirm: confirm})
			return orderingv1.NewOrderingServiceClient(channel.Conn)
		})
	})
}

func call(ctx context.Context, client orderingv1.OrderingServiceClient, order string) *problem.Problem {
	_, err := client.ConfirmOrder(ctx, &orderingv1.ConfirmOrderRequest{OrderId: order})
	return problem.From(err)
}

func TestErrorsArriveAsProblemsAndSecretsStay(t *testing.T) {
	everyWay(t, func(t *testing.T, connect connector) {
		for name, c := range map[string]struct {
			fail   func(context.Context) error
			code   string
			logged bool
		}{
			"a refusal":         {func(context.Context) error { return problem.Refuse("ORDER_CLOSED", "it is closed") }, "ORDER_CLOSED", false},
			"a wrapped refusal": {func(context.Context) error { return fmt.Errorf("secret: %w", problem.Refuse("X", "x")) }, "X", false},
			"another service's": {func(context.Context) error {
				return fmt.Errorf("secret: %w", problem.Refuse("Y", "y").GRPCStatus().Err())
			}, "Y", false},
			"an address":       {func(context.Context) error { return status.Error(codes.Unavailable, "dial secret") }, "UNAVAILABLE", true},
			"an unknown error": {func(context.Context) error { return errors.New("secret") }, "INTERNAL", true},
			"a panic":          {func(context.Context) error { panic("secret") }, "INTERNAL", true},
		} {
			t.Run(name, func(t *testing.T) {
				var log strings.Builder
				p := call(t.Context(), connect(t, &log, c.fail), id)
				require.Equal(t, c.code, p.Code)
				require.NotContains(t, p.Detail, "secret")
				require.Equal(t, c.logged, strings.Contains(log.String(), "secret"))
			})
		}
	})
}

func TestABadRequestNamesItsFields(t *testing.T) {
	everyWay(t, func(t *testing.T, connect connector) {
		p := call(t.Context(), connect(t, io.Discard, func(context.Context) error { return nil }), "nonsense")
		require.Equal(t, problem.Invalid, p.Kind)
		require.Len(t, p.Violations, 1)
		require.Equal(t, "order_id", p.Violations[0].Field)
	})
}

func TestTheCallerAndTheCommandArrive(t *testing.T) {
	everyWay(t, func(t *testing.T, connect connector) {
		var caller identity.Caller
		var command eventlog.Command
		client := connect(t, io.Discard, func(ctx context.Context) error {
			caller, command = identity.FromContext(ctx), eventlog.CommandFrom(ctx)
			return nil
		})
		ctx := identity.NewContext(t.Context(), identity.Caller{Subject: "ann", Token: "good"})
		ctx = eventlog.WithCommand(ctx, eventlog.Command{ID: "c1", CorrelationID: "story", CausationID: "cause", Fingerprint: "other"})
		require.Nil(t, call(ctx, client, id))
		require.Equal(t, identity.Caller{Subject: "ann", Token: "good"}, caller)
		first := command
		require.Equal(t, "c1", first.ID)
		require.Equal(t, "story", first.CorrelationID)
		require.Equal(t, "cause", first.CausationID)
		require.Len(t, first.Fingerprint, 64)

		require.Nil(t, call(ctx, client, id))
		require.Equal(t, first, command, "the same request has the same fingerprint")
		require.Nil(t, call(ctx, client, "01ARZ3NDEKTSV4RRFFQ69G5FAW"))
		require.NotEqual(t, first.Fingerprint, command.Fingerprint)
	})
}

func TestABadTokenIsRefusedAndNoneIsNobody(t *testing.T) {
	everyWay(t, func(t *testing.T, connect connector) {
		client := connect(t, io.Discard, func(ctx context.Context) error {
			return identity.FromContext(ctx).Require(identity.Grant{Role: identity.Customer, Resource: "ann"})
		})
		p := call(identity.NewContext(t.Context(), identity.Caller{Token: "bad"}), client, id)
		require.Equal(t, problem.Unauthenticated, p.Kind)
		require.NotContains(t, p.Detail, "signature")
		require.Equal(t, problem.Unauthenticated, call(t.Context(), client, id).Kind)
		require.Equal(t, problem.Forbidden, call(identity.NewContext(t.Context(), identity.Caller{Token: "good"}), client, id).Kind)
	})
}

func TestWhatTheHandlerAddsArrives(t *testing.T) {
	everyWay(t, func(t *testing.T, connect connector) {
		client := connect(t, io.Discard, func(ctx context.Context) error {
			return errors.Join(
				grpc.SetHeader(ctx, metadata.Pairs("tiffin-position", "1")), grpc.SetTrailer(ctx, metadata.Pairs("note", "late")))
		})
		var header, trailer metadata.MD
		_, err := client.ConfirmOrder(t.Context(), &orderingv1.ConfirmOrderRequest{OrderId: id}, grpc.Header(&header), grpc.Trailer(&trailer))
		require.NoError(t, err)
		require.Equal(t, []string{"1"}, header.Get("tiffin-position"))
		require.Equal(t, []string{"late"}, trailer.Get("note"))
	})
}

type secret struct{}

func TestAHandlerKnowsOnlyWhatItIsTold(t *testing.T) {
	everyWay(t, func(t *testing.T, connect connector) {
		client := connect(t, io.Discard, func(ctx context.Context) error {
			if ctx.Value(secret{}) != nil {
				return errors.New("it knows the secret")
			}
			return nil
		})
		require.Nil(t, call(context.WithValue(t.Context(), secret{}, true), client, id))
	})
}

func TestAHandlerEndsWithItsCaller(t *testing.T) {
	everyWay(t, func(t *testing.T, connect connector) {
		reached, ended := make(chan struct{}), make(chan struct{})
		client := connect(t, io.Discard, func(ctx context.Context) error {
			// As handlers do that ask others: a context of their own, made from the one that they are given.
			ctx, cancel := context.WithTimeout(ctx, time.Minute)
			defer cancel()
			close(reached)
			<-ctx.Done()
			close(ended)
			return ctx.Err()
		})
		ctx, cancel := context.WithCancel(t.Context())
		failed := make(chan *problem.Problem, 1)
		go func() { failed <- call(ctx, client, id) }()
		<-reached
		cancel()
		<-ended
		require.NotNil(t, <-failed)
	})
}
