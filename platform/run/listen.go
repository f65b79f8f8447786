package run

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"syscall"
	"time"

	"golang.org/x/net/netutil"
)

const (
	// drain is how long running requests may go on undisturbed when the server stops; streams end after it.
	drain = time.Second
	// hardStop is longer than net/http waits for the first request of a connection that a client has opened in advance.
	hardStop      = 8 * time.Second
	headerTimeout = 10 * time.Second
	// answerTimeout ends answers that nobody reads; handlers of streams set deadlines of their own.
	answerTimeout = time.Minute
	idleTimeout   = 2 * time.Minute
	// connections bounds those that are open at a time: more wait in the system's queue, and cost us nothing.
	connections = 8192
)

// Listen opens the address that the setting gives, and says which setting to change if it can't.
func Listen(ctx context.Context, setting, addr string) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is in use by another process: stop it, or choose another address by %s", addr, setting)
	case err != nil:
		return nil, fmt.Errorf("%s: can't listen on %s: %w", setting, addr, err)
	}
	return listener, nil
}

// ServeHTTP serves until ctx ends, then lets requests finish: streams are told to end after a second, and what still runs
// some seconds later is cut off. It closes the listener.
func ServeHTTP(ctx context.Context, listener net.Listener, handler http.Handler) error {
	base, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: headerTimeout, WriteTimeout: answerTimeout, IdleTimeout: idleTimeout,
		BaseContext: func(net.Listener) context.Context { return base },
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(netutil.LimitListener(listener, connections)) }()
	select {
	case err := <-served:
		return fmt.Errorf("serve HTTP: %w", err)
	case <-ctx.Done():
	}
	defer time.AfterFunc(drain, end).Stop()
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), hardStop)
	defer cancel()
	err := server.Shutdown(stopping)
	if err != nil {
		err = errors.Join(fmt.Errorf("serve HTTP: requests were cut off: %w", err), server.Close())
	}
	<-served //nolint:errcheck // says only that it was shut down
	return err
}

// reason leaves out the path that the message names already.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
