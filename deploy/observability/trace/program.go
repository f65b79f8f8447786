package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// grace is how long a program may take to stop before it is killed.
const grace = 10 * time.Second

// program runs a child until ctx ends. It is in a process group of its own, so that Ctrl-C reaches only this process, which
// stops its children one after the other.
func program(path, log string, environ []string, args ...string) func(context.Context) error {
	return func(ctx context.Context) error {
		out, err := os.Create(log)
		if err != nil {
			return err
		}
		defer func() { _ = out.Close() }()
		c := exec.CommandContext(ctx, path, args...) //nolint:gosec // the caller's own program
		c.Env, c.Stdout, c.Stderr, c.WaitDelay = environ, out, out, grace
		c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) }
		err = c.Run()
		if ctx.Err() != nil {
			return err
		}
		return errors.Join(fmt.Errorf("ended by itself: see %s", log), err)
	}
}

// freePorts are addresses on loopback that nobody listens on at the moment.
func freePorts(ctx context.Context, n int) ([]string, error) {
	var found []string
	for range n {
		l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer func() { _ = l.Close() }() // only now, so that no two are the same
		found = append(found, l.Addr().String())
	}
	return found, nil
}

// withoutOTEL leaves out what would send the spans elsewhere, or nowhere.
func withoutOTEL(environ []string) []string {
	var kept []string
	for _, e := range environ {
		if !strings.HasPrefix(e, "OTEL_") {
			kept = append(kept, e)
		}
	}
	return kept
}
