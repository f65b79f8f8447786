package rpc

import (
	"github.com/fullstorydev/grpchan"
	"github.com/fullstorydev/grpchan/inprocgrpc"
	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"google.golang.org/grpc"
)

// Channel is a server and the connection to it within one process: a call passes every interceptor, as over the network, and
// is a function call between them. Messages are copied on their way, so that neither side sees what the other does to its own.
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
	channel := (&inprocgrpc.Channel{}).
		WithServerStatsHandler(timed{otelgrpc.NewServerHandler(observed...)}).
		WithClientStatsHandler(timed{otelgrpc.NewClientHandler(observed...)})
	return &Channel{
		ServiceRegistrar: grpchan.WithStreamInterceptors(grpchan.WithUnaryInterceptors(channel, unary...), stream...),
		Conn:             grpchan.InterceptClientConnStream(grpchan.InterceptClientConnUnary(channel, forwardUnary), forwardStream),
	}, nil
}
