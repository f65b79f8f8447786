// Command local runs the whole of Tiffin in one process: hub, database, domain services, BFFs and frontends.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"google.golang.org/grpc"

	"tiffin/platform/identity"
	"tiffin/platform/run"
	"tiffin/platform/telemetry"
)

const stopWithin = 20 * time.Second

func main() { run.Main(local) }

func local(ctx context.Context) error {
	s, err := run.Parse[settings](os.Environ())
	if err != nil {
		return err
	}
	g := run.NewGroup(ctx, stopWithin)
	if err := start(g, s); err != nil {
		return g.Stop(err)
	}
	return g.Wait()
}

// start starts everything from the ground up; the group stops it in the opposite order.
func start(g *run.Group, s settings) error {
	ctx := g.Context()
	// Ports first, so that one in use is told before anything is opened.
	web, err := run.Listen(ctx, "TIFFIN_HTTP_ADDR", s.HTTPAddr)
	if err != nil {
		return err
	}
	g.Close("HTTP port", closed(web))
	calls, err := run.Listen(ctx, "TIFFIN_GRPC_ADDR", s.GRPCAddr)
	if err != nil {
		return err
	}
	g.Close("gRPC port", closed(calls))
	if err := run.DataDir(s.DataDir); err != nil {
		return err
	}
	seen, err := telemetry.Setup(ctx, "tiffin")
	if err != nil {
		return err
	}
	seen.Install()
	g.Close("telemetry", flushed(seen))
	logger := telemetry.NewLogger(os.Stderr, telemetry.Text, slog.LevelInfo)
	slog.SetDefault(logger)

	in, err := openInfra(g, s, logger, seen)
	if err != nil {
		return err
	}
	issuer, err := identity.NewIssuer(s.DataDir, time.Now)
	if err != nil {
		return err
	}
	services, err := startServices(g, in, issuer, logger)
	if err != nil {
		return err
	}
	customer, err := startCustomer(g, in, services.conn, issuer, logger)
	if err != nil {
		return err
	}
	seeded, err := newSeeding(s.DataDir, time.Now())
	if err != nil {
		return err
	}
	pages, err := handler(s, seen, issuer, customer, seeded.personas)
	if err != nil {
		return err
	}
	g.Go("gRPC", func(ctx context.Context) error { return serveGRPC(ctx, services.server, calls) })
	g.Go("HTTP", func(ctx context.Context) error { return run.ServeHTTP(ctx, web, pages) })
	g.Go("demo city", func(ctx context.Context) error {
		if err := seeded.run(ctx, issuer, services.conn); err != nil {
			if ctx.Err() != nil { // told to stop: the next start goes on where this one was
				return nil
			}
			return err
		}
		if err := customer.awaitReady(ctx); err != nil {
			return err
		}
		fmt.Println("tiffin ready http://" + s.HTTPAddr)
		return nil
	})
	return nil
}

// closed closes a port that its server may have closed already.
func closed(l net.Listener) func() error {
	return func() error {
		if err := l.Close(); !errors.Is(err, net.ErrClosed) {
			return err
		}
		return nil
	}
}

// flushed sends what is left of the telemetry; losing some of it is worth a line, not a failed exit.
func flushed(t *telemetry.Telemetry) func() error {
	return func() error {
		ctx, cancel := context.WithTimeout(context.Background(), reachWithin)
		defer cancel()
		if err := t.Shutdown(ctx); err != nil {
			slog.Warn("some telemetry was not sent", "error", err)
		}
		return nil
	}
}

func serveGRPC(ctx context.Context, server *grpc.Server, l net.Listener) error {
	stop := context.AfterFunc(ctx, func() {
		force := time.AfterFunc(stopWithin/2, server.Stop)
		defer force.Stop()
		server.GracefulStop()
	})
	defer stop()
	if err := server.Serve(l); err != nil && !errors.Is(err, grpc.ErrServerStopped) && ctx.Err() == nil {
		return err
	}
	return nil
}
