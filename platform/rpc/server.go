package rpc

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"buf.build/go/protovalidate"
	validation "github.com/grpc-ecosystem/go-grpc-middleware/v2/interceptors/protovalidate"
	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/protobuf/reflect/protoreflect"

	"tiffin/platform/identity"
)

// Verifier says who a bearer token stands for. Any error of its is shown as Unauthenticated, unless it is a problem.
type Verifier func(ctx context.Context, token string) (identity.Caller, error)

// ServerOptions configure a server. Verify is required.
type ServerOptions struct {
	Verify Verifier
	// Files declare the services; the validators of their requests are built at start.
	Files          []protoreflect.FileDescriptor
	Logger         *slog.Logger
	TracerProvider trace.TracerProvider
	MeterProvider  metric.MeterProvider
}

// NewServer returns a server without services. Its caller registers them, serves and stops it.
func NewServer(o ServerOptions, more ...grpc.ServerOption) (*grpc.Server, error) {
	unary, stream, err := o.interceptors()
	if err != nil {
		return nil, err
	}
	options := []grpc.ServerOption{
		grpc.StatsHandler(otelgrpc.NewServerHandler(telemetry(o.TracerProvider, o.MeterProvider)...)),
		grpc.ChainUnaryInterceptor(unary...), grpc.ChainStreamInterceptor(stream...),
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{MinTime: askAfter / 2}), // ours ask that often
	}
	return grpc.NewServer(append(options, more...)...), nil
}

// interceptors are those that every call passes, outermost first: whatever goes wrong further in leaves as a status.
func (o ServerOptions) interceptors() ([]grpc.UnaryServerInterceptor, []grpc.StreamServerInterceptor, error) {
	if o.Verify == nil {
		return nil, nil, errors.New("rpc: a server needs a verifier of tokens")
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	validator, err := protovalidate.New(protovalidate.WithMessageDescriptors(requests(o.Files)...))
	if err != nil {
		return nil, nil, fmt.Errorf("rpc: build the validators: %w", err)
	}
	unary := []grpc.UnaryServerInterceptor{
		problemsUnary(o.Logger), recoverUnary(), callerUnary(o.Verify), commandUnary(), validation.UnaryServerInterceptor(validator),
	}
	stream := []grpc.StreamServerInterceptor{
		problemsStream(o.Logger), recoverStream(), callerStream(o.Verify), commandStream(), validation.StreamServerInterceptor(validator),
	}
	return unary, stream, nil
}

func telemetry(tracers trace.TracerProvider, meters metric.MeterProvider) []otelgrpc.Option {
	var options []otelgrpc.Option
	if tracers != nil {
		options = append(options, otelgrpc.WithTracerProvider(tracers))
	}
	if meters != nil {
		options = append(options, otelgrpc.WithMeterProvider(meters))
	}
	return options
}

func requests(files []protoreflect.FileDescriptor) []protoreflect.MessageDescriptor {
	var inputs []protoreflect.MessageDescriptor
	for _, file := range files {
		for i := range file.Services().Len() {
			methods := file.Services().Get(i).Methods()
			for j := range methods.Len() {
				inputs = append(inputs, methods.Get(j).Input())
			}
		}
	}
	return inputs
}
