package host

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/reflect/protoreflect"

	"tiffin/platform/cell"
	"tiffin/platform/rest"
	"tiffin/platform/rpc"
	"tiffin/platform/run"
	"tiffin/platform/view"
)

// View is a view as far as hosting goes.
type View interface {
	Run(ctx context.Context) error
	Status() view.Status
	Ready() bool
}

// BFF is a backend-for-frontend as its server package describes it.
type BFF struct {
	// Audience is whom it serves, at /api/<audience>/v1/.
	Audience string
	// Views that it keeps.
	Views []View
	// File declares its API.
	File protoreflect.FileDescriptor
	// Register adds it to a gRPC server.
	Register func(grpc.ServiceRegistrar)
	// Handler adds the generated REST handlers, over a connection to that server.
	Handler func(ctx context.Context, mux *runtime.ServeMux, conn grpc.ClientConnInterface) error
	// OpenAPI is the API's description.
	OpenAPI []byte
	// Run does what it has to do besides until its context ends; nil: nothing.
	Run func(context.Context) error
}

// open starts the views, and returns the REST API over them.
func (b BFF) open(g *run.Group, c *cell.Cell) (http.Handler, error) {
	for _, v := range b.Views {
		g.Go("view "+b.Audience+"."+v.Status().Name, v.Run)
	}
	if b.Run != nil {
		g.Go(b.Audience+" BFF", b.Run)
	}
	channel, err := rpc.NewChannel(rpc.ServerOptions{
		Verify: c.Issuer.Verify, Logger: c.Logger, Files: []protoreflect.FileDescriptor{b.File},
	})
	if err != nil {
		return nil, err
	}
	b.Register(channel)
	return rest.New(g.Context(), rest.Options{
		Audience: b.Audience, OpenAPI: b.OpenAPI, Verify: c.Issuer.Verify, Logger: c.Logger,
		Register: func(ctx context.Context, mux *runtime.ServeMux) error { return b.Handler(ctx, mux, channel.Conn) },
	})
}

func (b BFF) ready() bool {
	for _, v := range b.Views {
		if !v.Ready() {
			return false
		}
	}
	return true
}

// status is how far each view is, for /readyz.
func (b BFF) status() []run.Status {
	var out []run.Status
	for _, v := range b.Views {
		s := v.Status()
		line := run.Status{Name: b.Audience + "." + s.Name, Ready: v.Ready(), Position: s.Position, Lag: s.Lag}
		line.Detail = detail(s)
		out = append(out, line)
	}
	return out
}

// detail tells what of a view is not as it should be, or is on its way.
func detail(s view.Status) string {
	var said []string
	if s.Astray > 0 {
		said = append(said, fmt.Sprintf("stale: events of %d aggregates can't be routed", s.Astray))
	}
	if s.Parked > 0 {
		said = append(said, fmt.Sprintf("%d documents stand behind faults", s.Parked))
	}
	if s.Build != nil {
		said = append(said, s.Build.String())
	}
	if s.Blocked != "" {
		said = append(said, s.Blocked)
	}
	return strings.Join(said, "; ")
}
