package rpc

import (
	"context"

	"github.com/fullstorydev/grpchan"
	"github.com/fullstorydev/grpchan/inprocgrpc"
	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"google.golang.org/grpc"
)

// Channel is a server and the connection to it within one process: a call passes every interceptor, as over the network, and
// is a function call between them. Requests are copied on their way, so that a handler may do with its own what it likes;
// answers are handed over, and a handler must not keep them.
type Channel struct {
	grpc.ServiceRegistrar
	// Conn connects to the services that are registered. It needs no closing.
	Conn grpc.ClientConnInterface
}

// NewChannel returns a channel without services; they are registered before the first call.
func NewChannel(o ServerOptions) (*Channel, error) {
	unary, stream, err := o.interceptors()
	if err != nil {
		return nil, err
	}
	observed := telemetry(o.TracerProvider, o.MeterProvider)
	client, server := otelgrpc.NewClientHandler(observed...), otelgrpc.NewServerHandler(observed...)
	calls := inProcess{
		direct: &direct{methods: map[string]method{}, client: client, server: server},
		streams: (&inprocgrpc.Channel{}).
			WithServerStatsHandler(timed{server}).
			WithClientStatsHandler(timed{client}),
	}
	return &Channel{
		ServiceRegistrar: grpchan.WithStreamInterceptors(grpchan.WithUnaryInterceptors(calls, unary...), stream...),
		Conn:             grpchan.InterceptClientConnStream(grpchan.InterceptClientConnUnary(calls, forwardUnary), forwardStream),
	}, nil
}

// inProcess makes calls directly, and streams by goroutines of their own.
type inProcess struct {
	*direct
	streams *inprocgrpc.Channel
}

// RegisterService registers the service for both.
func (c inProcess) RegisterService(desc *grpc.ServiceDesc, service any) {
	c.direct.RegisterService(desc, service)
	c.streams.RegisterService(desc, service)
}

// NewStream opens a stream.
func (c inProcess) NewStream(
	ctx context.Context, desc *grpc.StreamDesc, name string, options ...grpc.CallOption,
) (grpc.ClientStream, error) {
	return c.streams.NewStream(ctx, desc, name, options...)
}
