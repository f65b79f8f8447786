package host

import (
	"context"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// Service is a domain service as its server package describes it.
type Service struct {
	// Name of the domain, such as "ordering".
	Name string
	// File declares its gRPC services; nil with Register: it takes no calls, as a process that only commands others.
	File protoreflect.FileDescriptor
	// Register adds it to a gRPC server.
	Register func(grpc.ServiceRegistrar)
	// Run follows the log until its context ends; nil: it follows nothing.
	Run func(context.Context) error
	// Ready reports whether it can do its work; nil: from the start.
	Ready func() bool
}

func (s Service) ready() bool { return s.Ready == nil || s.Ready() }

// names by which the health service knows it.
func (s Service) names() []string {
	if s.File == nil {
		return []string{s.Name}
	}
	var names []string
	for i := range s.File.Services().Len() {
		names = append(names, string(s.File.Services().Get(i).FullName()))
	}
	return names
}

const askReadyEvery = 20 * time.Millisecond

// await returns nil when ready says so, or why ctx ended before.
func await(ctx context.Context, ready func() bool) error {
	tick := time.NewTicker(askReadyEvery)
	defer tick.Stop()
	for !ready() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
	return nil
}
