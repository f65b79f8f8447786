package rpc

import (
	"context"
	"errors"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"

	"tiffin/platform/identity"
	"tiffin/platform/problem"
)

const authorization = "authorization"

func callerUnary(verify Verifier) grpc.UnaryServerInterceptor {
	return func(ctx context.Context, req any, _ *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
		ctx, err := identify(ctx, verify)
		if err != nil {
			return nil, err
		}
		return next(ctx, req)
	}
}

func callerStream(verify Verifier) grpc.StreamServerInterceptor {
	return func(srv any, stream grpc.ServerStream, _ *grpc.StreamServerInfo, next grpc.StreamHandler) error {
		ctx, err := identify(stream.Context(), verify)
		if err != nil {
			return err
		}
		return next(srv, within{ServerStream: stream, ctx: ctx})
	}
}

// identify puts the caller into the context. No token is nobody, which handlers may allow; a bad one is refused.
func identify(ctx context.Context, verify Verifier) (context.Context, error) {
	values := metadata.ValueFromIncomingContext(ctx, authorization)
	if len(values) == 0 {
		return identity.NewContext(ctx, identity.Caller{}), nil
	}
	scheme, token, _ := strings.Cut(values[0], " ")
	token = strings.TrimSpace(token)
	if len(values) > 1 || !strings.EqualFold(scheme, "bearer") || token == "" {
		return nil, problem.New(problem.Unauthenticated, "UNAUTHENTICATED", "authorization must be one bearer token")
	}
	caller, err := verify(ctx, token)
	var p *problem.Problem
	switch {
	case errors.As(err, &p):
		return nil, p
	case err != nil:
		return nil, problem.New(problem.Unauthenticated, "UNAUTHENTICATED", "the bearer token is not valid")
	}
	caller.Token = token
	return identity.NewContext(ctx, caller), nil
}

// within is a stream with a context of our own.
type within struct {
	grpc.ServerStream
	ctx context.Context
}

func (w within) Context() context.Context { return w.ctx }
