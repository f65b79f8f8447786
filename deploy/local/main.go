// Command local runs the whole of Tiffin in one process: hub, database, domain services, BFFs and frontends.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"

	"tiffin/platform/identity"
)

const stopWithin = 10 * time.Second

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "tiffin:", err)
		stop()
		os.Exit(1) //nolint:gocritic // stop was called
	}
}

// run starts everything from the ground up, says when it is ready, and stops it in the opposite order.
func run(ctx context.Context) error {
	s, err := readSettings()
	if err != nil {
		return err
	}
	logger := slog.New(slog.NewTextHandler(os.Stderr, nil))
	slog.SetDefault(logger)
	listeners, err := listen(s)
	if err != nil {
		return err
	}
	defer listeners.close()
	in, err := openInfra(ctx, s, logger, nil)
	if err != nil {
		return err
	}
	defer in.Close()
	issuer, err := identity.NewIssuer(s.DataDir, time.Now)
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	services, err := startServices(ctx, group, in, issuer, logger)
	if err != nil {
		return stopped(group, err)
	}
	defer services.close()
	customer, err := startCustomer(ctx, group, in, services.conn, issuer, logger)
	if err != nil {
		return stopped(group, err)
	}
	defer customer.close()
	seeded, err := newSeeding(s.DataDir, time.Now())
	if err != nil {
		return stopped(group, err)
	}
	pages, err := handler(s, issuer, customer, seeded.personas)
	if err != nil {
		return stopped(group, err)
	}
	group.Go(func() error { return serveGRPC(ctx, services.server, listeners.grpc) })
	group.Go(func() error { return serveHTTP(ctx, pages, listeners.http) })
	group.Go(func() error {
		if err := seeded.run(ctx, issuer, services.conn); err != nil {
			return err
		}
		if err := customer.awaitReady(ctx); err != nil {
			return err
		}
		fmt.Println("tiffin ready http://" + s.HTTPAddr)
		return nil
	})
	return stopped(group, nil)
}

// errFailed ends the group when something could not start.
func stopped(group *errgroup.Group, start error) error {
	if start != nil {
		group.Go(func() error { return start })
	}
	if err := group.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

type listening struct{ http, grpc net.Listener }

func (l listening) close() {
	_ = l.http.Close() // closed already where its server has stopped
	_ = l.grpc.Close()
}

// listen takes both ports first, so that a port in use is told before anything is opened.
func listen(s settings) (listening, error) {
	var l listening
	var err error
	if l.http, err = net.Listen("tcp", s.HTTPAddr); err != nil {
		return l, fmt.Errorf("can't listen on TIFFIN_HTTP_ADDR=%s: %w", s.HTTPAddr, err)
	}
	if l.grpc, err = net.Listen("tcp", s.GRPCAddr); err != nil {
		_ = l.http.Close()
		return l, fmt.Errorf("can't listen on TIFFIN_GRPC_ADDR=%s: %w", s.GRPCAddr, err)
	}
	return l, nil
}

func serveGRPC(ctx context.Context, server *grpc.Server, l net.Listener) error {
	stopped := context.AfterFunc(ctx, func() {
		force := time.AfterFunc(stopWithin, server.Stop)
		defer force.Stop()
		server.GracefulStop()
	})
	defer stopped()
	if err := server.Serve(l); err != nil && !errors.Is(err, grpc.ErrServerStopped) && ctx.Err() == nil {
		return fmt.Errorf("gRPC: %w", err)
	}
	return nil
}

func serveHTTP(ctx context.Context, h http.Handler, l net.Listener) error {
	server := &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		// Streams end with the process, so that a stop does not wait for them.
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	done := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
		defer cancel()
		done <- server.Shutdown(ctx)
	})
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		stop()
		return fmt.Errorf("HTTP: %w", err)
	}
	return <-done
}
