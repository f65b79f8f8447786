package host

import (
	"context"
	"fmt"
	"net"
	"slices"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/reflection"
	"google.golang.org/protobuf/reflect/protoreflect"

	"tiffin/platform/cell"
	"tiffin/platform/rpc"
	"tiffin/platform/run"
	"tiffin/platform/shed"
)

// Services are domain services behind one gRPC server. They are used by one goroutine.
type Services struct {
	// Conn connects to them within the process. Calls wait for Start.
	Conn grpc.ClientConnInterface

	group  *run.Group
	cell   *cell.Cell
	within *within
	hosted []Service
	server *grpc.Server
	health *health.Server
}

// NewServices returns a host without services.
func NewServices(g *run.Group, c *cell.Cell) *Services {
	w := newWithin()
	return &Services{Conn: w, group: g, cell: c, within: w, health: health.NewServer()}
}

// Add adds a service, before Start.
func (s *Services) Add(service Service) { s.hosted = append(s.hosted, service) }

// LeaveOut takes services back by their names, before Start. Who calls one of them hears that it can't be reached, as if it
// were a process of its own that is down.
func (s *Services) LeaveOut(names ...string) error {
	for _, name := range names {
		i := slices.IndexFunc(s.hosted, func(h Service) bool { return h.Name == name })
		if i < 0 {
			return fmt.Errorf("there is no service %q", name)
		}
		for _, full := range s.hosted[i].names() {
			s.within.leftOut[full] = true
		}
		s.hosted = slices.Delete(s.hosted, i, i+1)
	}
	return nil
}

// Start starts the services for callers within the process; Serve lets others in. The health service reports each by its
// full gRPC name and all of them by the empty one, as serving from when they are ready.
func (s *Services) Start() error {
	var files []protoreflect.FileDescriptor
	for _, service := range s.hosted {
		if service.File != nil {
			files = append(files, service.File)
		}
	}
	o := rpc.ServerOptions{Verify: s.cell.Issuer.Verify, Logger: s.cell.Logger, Files: files}
	channel, err := rpc.NewChannel(o)
	if err != nil {
		return err
	}
	gate, err := shed.New(limits(s.cell, "gRPC", calls))
	if err != nil {
		return err
	}
	if s.server, err = rpc.NewServer(o, shed.GRPC(gate, answerWithin)...); err != nil {
		return err
	}
	reflection.Register(s.server)
	for _, registrar := range []grpc.ServiceRegistrar{s.server, channel} {
		healthv1.RegisterHealthServer(registrar, s.health)
		for _, service := range s.hosted {
			if service.Register != nil {
				service.Register(registrar)
			}
		}
	}
	s.report("", healthv1.HealthCheckResponse_NOT_SERVING)
	for _, service := range s.hosted {
		for _, name := range service.names() {
			s.report(name, healthv1.HealthCheckResponse_NOT_SERVING)
		}
	}
	s.within.start(channel.Conn)
	for _, service := range s.hosted {
		if service.Run != nil {
			s.group.Go("service "+service.Name, service.Run)
		}
		s.group.Go("readiness of "+service.Name, func(ctx context.Context) error {
			if err := await(ctx, service.ready); err != nil {
				return err
			}
			for _, name := range service.names() {
				s.report(name, healthv1.HealthCheckResponse_SERVING)
			}
			return nil
		})
	}
	s.group.Go("readiness of the services", func(ctx context.Context) error {
		if err := await(ctx, s.ready); err != nil {
			return err
		}
		s.report("", healthv1.HealthCheckResponse_SERVING)
		return nil
	})
	return nil
}

// Serve lets callers in by the listener until ctx ends; then it tells whoever watches their health, lets calls finish for
// half of the time that a process has for stopping, and closes the listener. Those within the process go on calling.
func (s *Services) Serve(ctx context.Context, l net.Listener) error {
	defer context.AfterFunc(ctx, s.health.Shutdown)()
	return rpc.Serve(ctx, s.server, l, run.StopWithin/2)
}

// AwaitReady returns when every service is ready, or the context's error.
func (s *Services) AwaitReady(ctx context.Context) error { return await(ctx, s.ready) }

func (s *Services) ready() bool {
	for _, service := range s.hosted {
		if !service.ready() {
			return false
		}
	}
	return true
}

func (s *Services) report(name string, status healthv1.HealthCheckResponse_ServingStatus) {
	s.health.SetServingStatus(name, status)
}
