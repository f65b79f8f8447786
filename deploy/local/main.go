package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"runtime/debug"
	"time"

	"tiffin/deploy/lake"
	"tiffin/platform/cell"
	"tiffin/platform/host"
	"tiffin/platform/identity"
	"tiffin/platform/run"
	"tiffin/services/payment/gateway"
)

func main() { run.Main(local) }

// gcPercent lets the heap grow further before it is searched for garbage than Go does by default: of a heap as small as this
// one's, a machine has some to spare, and what is searched less often answers sooner.
const gcPercent = 200

func local(ctx context.Context) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	s, err := run.Parse[settings](os.Environ())
	if err != nil {
		return err
	}
	return run.Parts(ctx, func(g *run.Group) error { return start(g, s) })
}

// start starts everything from the ground up; the group stops it in the opposite order.
func start(g *run.Group, s settings) error {
	ctx := g.Context()
	// What the operator may have to put right is told before anything is opened.
	if _, err := frontends(s, ""); err != nil {
		return err
	}
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
	c, err := cell.Local(g, "tiffin", s.LocalSettings)
	if err != nil {
		return err
	}
	services := host.NewServices(g, c)
	cards, err := processor(g, s)
	if err != nil {
		return err
	}
	pages, err := frontends(s, cards.URL)
	if err != nil {
		return err
	}
	payments, err := gateway.Open(ctx, c, cards, s.Factor, services.Conn)
	if err != nil {
		return err
	}
	if err := startServices(g, c, s, payments, services); err != nil {
		return err
	}
	bffs := host.NewBFFs(g, c)
	if err := startBFFs(ctx, c, s.Factor, bffs, services.Conn); err != nil {
		return err
	}
	seeded, err := newSeeding(ctx, s, c.Log, time.Now())
	if err != nil {
		return err
	}
	bffs.Handler().Handle("/", pages)
	bffs.Handler().Handle(gateway.WebhookPath, payments.Webhooks())
	exporter, err := c.Export(s.ExportSettings, lake.Domains()...)
	if err != nil {
		return err
	}
	g.Go("lake", func(ctx context.Context) error { return exporter.Work(ctx, c.Replicas) })
	gone := &erased{ids: map[string]bool{}}
	g.Go("who was erased", func(ctx context.Context) error { return gone.follow(ctx, c.Log) })
	bffs.Handler().Handle("/auth/", identity.Handler(c.Issuer, func() []identity.Persona { return gone.without(seeded.personas()) }))
	g.Go("gRPC", func(ctx context.Context) error { return services.Serve(ctx, calls) })
	g.Go("HTTP", func(ctx context.Context) error { return run.ServeHTTP(ctx, web, bffs.Handler()) })
	settled := make(chan struct{})
	g.Go("demo city", func(ctx context.Context) error {
		if err := seeded.run(ctx, c.Issuer, services.Conn); err != nil {
			if ctx.Err() != nil { // told to stop: the next start goes on where this one was
				return nil
			}
			return err
		}
		if err := errors.Join(services.AwaitReady(ctx), bffs.AwaitReady(ctx)); err != nil {
			return err
		}
		fmt.Println("tiffin ready http://" + s.HTTPAddr)
		close(settled)
		return nil
	})
	if s.Sim {
		g.Go("simulation", func(ctx context.Context) error {
			select {
			case <-settled:
				return simulate(ctx, "http://"+s.HTTPAddr, s.Factor)
			case <-ctx.Done():
				return nil
			}
		})
	}
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
