package rpc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"

	"github.com/grpc-ecosystem/go-grpc-middleware/v2/interceptors/recovery"
	"google.golang.org/grpc"
	"google.golang.org/grpc/status"

	"tiffin/platform/problem"
)

func problemsUnary(logger *slog.Logger) grpc.UnaryServerInterceptor {
	return func(ctx context.Context, req any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
		resp, err := next(ctx, req)
		if err != nil {
			return nil, shown(ctx, logger, info.FullMethod, err)
		}
		return resp, nil
	}
}

func problemsStream(logger *slog.Logger) grpc.StreamServerInterceptor {
	return func(srv any, stream grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler) error {
		switch err := next(srv, stream); {
		case errors.Is(err, io.EOF): // what a stream within the process says when the client is gone
			return status.FromContextError(context.Canceled).Err()
		case err != nil:
			return shown(stream.Context(), logger, info.FullMethod, err)
		}
		return nil
	}
}

// shown is the error as the other side may see it. What it may not see is logged here, once, in full.
func shown(ctx context.Context, logger *slog.Logger, method string, err error) error {
	p := problem.From(err)
	switch {
	case p.Kind == problem.Internal:
		logger.ErrorContext(ctx, "request failed", "method", method, "error", err)
	case p.Kind == problem.Unavailable && ctx.Err() == nil:
		logger.WarnContext(ctx, "request can't be served now", "method", method, "error", err)
	}
	return p.GRPCStatus().Err()
}

// A panic becomes an ordinary error, stack included, for shown to log and hide.
var onPanic = recovery.WithRecoveryHandlerContext(func(_ context.Context, p any) error {
	return fmt.Errorf("panic: %v\n%s", p, debug.Stack())
})

func recoverUnary() grpc.UnaryServerInterceptor { return recovery.UnaryServerInterceptor(onPanic) }

func recoverStream() grpc.StreamServerInterceptor { return recovery.StreamServerInterceptor(onPanic) }
