package shed

import (
	"context"
	"strings"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/durationpb"
)

const turnedAwayAtOnce = 8

// GRPC returns the options of a server whose calls pass the gate, and end by themselves after that long where their caller
// gave them no deadline. Whoever asks after its health always passes.
func GRPC(gate *Gate, within time.Duration) []grpc.ServerOption {
	away := turnedAway()
	return []grpc.ServerOption{
		// Outermost, before the chain of those that every call passes.
		grpc.UnaryInterceptor(func(ctx context.Context, req any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
			if asksHealth(info.FullMethod) {
				return next(ctx, req)
			}
			if !gate.Enter(ctx) {
				return nil, away
			}
			defer gate.Leave()
			if _, given := ctx.Deadline(); !given {
				bounded, cancel := context.WithTimeout(ctx, within)
				defer cancel()
				ctx = bounded
			}
			return next(ctx, req)
		}),
		grpc.StreamInterceptor(func(srv any, stream grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler) error {
			if asksHealth(info.FullMethod) {
				return next(srv, stream)
			}
			if !gate.Enter(stream.Context()) {
				return away
			}
			defer gate.Leave()
			return next(srv, stream)
		}),
		// Even being turned away costs something: beyond this, a connection's calls wait at their sender's.
		grpc.MaxConcurrentStreams(uint32(turnedAwayAtOnce * (gate.o.AtOnce + gate.o.Waiting))),
	}
}

// turnedAway is made once, and says when to come again.
func turnedAway() error {
	with, err := ErrOverloaded.GRPCStatus().WithDetails(&errdetails.RetryInfo{RetryDelay: durationpb.New(time.Second)})
	if err != nil { // a problem's status always takes another detail
		panic(err)
	}
	return with.Err()
}

func asksHealth(method string) bool { return strings.HasPrefix(method, "/grpc.health.v1.Health/") }
