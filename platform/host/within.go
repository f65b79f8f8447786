package host

import (
	"context"
	"strings"

	"google.golang.org/grpc"

	"tiffin/platform/problem"
)

// within connects to the services of this process. It is handed out before they are there: calls wait for start.
type within struct {
	started chan struct{}
	conn    grpc.ClientConnInterface
	// leftOut are gRPC services that could be here and aren't, by their full names.
	leftOut map[string]bool
}

func newWithin() *within { return &within{started: make(chan struct{}), leftOut: map[string]bool{}} }

func (w *within) start(conn grpc.ClientConnInterface) {
	w.conn = conn
	close(w.started)
}

// Invoke is of grpc.ClientConnInterface.
func (w *within) Invoke(ctx context.Context, method string, args, reply any, options ...grpc.CallOption) error {
	if err := w.await(ctx, method); err != nil {
		return err
	}
	return w.conn.Invoke(ctx, method, args, reply, options...)
}

// NewStream is of grpc.ClientConnInterface.
func (w *within) NewStream(ctx context.Context, desc *grpc.StreamDesc, method string, options ...grpc.CallOption) (grpc.ClientStream, error) {
	if err := w.await(ctx, method); err != nil {
		return nil, err
	}
	return w.conn.NewStream(ctx, desc, method, options...)
}

func (w *within) await(ctx context.Context, method string) error {
	select {
	case <-w.started:
	case <-ctx.Done():
		return ctx.Err()
	}
	if service, _, _ := strings.Cut(strings.TrimPrefix(method, "/"), "/"); w.leftOut[service] {
		return problem.New(problem.Unavailable, "UNAVAILABLE", "%s is not running", service).GRPCStatus().Err()
	}
	return nil
}
