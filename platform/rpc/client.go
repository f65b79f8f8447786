package rpc

import (
	"context"
	"fmt"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/metadata"

	"tiffin/platform/eventlog"
	"tiffin/platform/identity"
)

// ClientOptions configure a client. The zero value uses the global telemetry.
type ClientOptions struct {
	TracerProvider trace.TracerProvider
	MeterProvider  metric.MeterProvider
}

// DialOptions are what every client of ours dials with; transport credentials are the caller's choice.
func DialOptions(o ClientOptions) []grpc.DialOption {
	return []grpc.DialOption{
		grpc.WithStatsHandler(otelgrpc.NewClientHandler(telemetry(o.TracerProvider, o.MeterProvider)...)),
		grpc.WithChainUnaryInterceptor(forwardUnary),
		grpc.WithChainStreamInterceptor(forwardStream),
	}
}

// redialWithin bounds the pause before a service that was away is tried again.
const redialWithin = 2 * time.Second

// A connection on which a call waits, and nothing comes for askAfter and then for answerWithin, is given up: without asking, one to
// a machine that has lost its power would be waited on for a quarter of an hour. gRPC asks no sooner.
const (
	askAfter     = 10 * time.Second
	answerWithin = 3 * time.Second
)

// Dial returns a connection to the services at host:port; it connects when it is used, and again when it is lost. What is
// between the two is the operator's: it is not encrypted here.
func Dial(addr string, o ClientOptions) (*grpc.ClientConn, error) {
	again := backoff.DefaultConfig
	again.MaxDelay = redialWithin
	conn, err := grpc.NewClient(addr, append(DialOptions(o), grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithConnectParams(grpc.ConnectParams{Backoff: again, MinConnectTimeout: redialWithin}),
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: askAfter, Timeout: answerWithin}))...)
	if err != nil {
		return nil, fmt.Errorf("rpc: %w", err)
	}
	return conn, nil
}

func forwardUnary(ctx context.Context, method string, req, reply any, conn *grpc.ClientConn, call grpc.UnaryInvoker,
	options ...grpc.CallOption,
) error {
	return call(forwarded(ctx), method, req, reply, conn, options...)
}

func forwardStream(ctx context.Context, desc *grpc.StreamDesc, conn *grpc.ClientConn, method string, open grpc.Streamer,
	options ...grpc.CallOption,
) (grpc.ClientStream, error) {
	return open(forwarded(ctx), desc, conn, method, options...)
}

// forwarded adds the caller's token and the command to what leaves. What was set explicitly stays: the gateway speaks for
// its HTTP client, and a control service for itself.
func forwarded(ctx context.Context) context.Context {
	out, _ := metadata.FromOutgoingContext(ctx)
	command := eventlog.CommandFrom(ctx)
	var pairs []string
	add := func(name, value string) {
		if value != "" && len(out.Get(name)) == 0 {
			pairs = append(pairs, name, value)
		}
	}
	if token := identity.FromContext(ctx).Token; token != "" {
		add(authorization, "Bearer "+token)
	}
	add(CommandID, command.ID)
	add(CorrelationID, command.CorrelationID)
	add(CausationID, command.CausationID)
	return metadata.AppendToOutgoingContext(ctx, pairs...)
}
