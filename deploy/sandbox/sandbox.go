package sandbox

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"tiffin/platform/identity"
	"tiffin/platform/run"
)

// Options of a sandbox. DataDir and APIKey are required.
type Options struct {
	// Addr to listen on, on loopback; a free port where none is given.
	Addr string
	// DataDir is where the file of operations is.
	DataDir string
	// APIKey is what those who move money present.
	APIKey string
	// WebhookURL is where webhooks go, signed with WebhookSecret; empty: none are sent.
	WebhookURL    string
	WebhookSecret []byte
	// Faults is the part of requests and webhooks that goes wrong, from 0 to 1, drawn from Seed.
	Faults float64
	Seed   uint64
	// Late is how late a late webhook is; 30 s where none is given. Pending is how long an outcome may be pending; 10 s.
	Late, Pending time.Duration
	Logger        *slog.Logger
}

// Sandbox is a running processor.
type Sandbox struct {
	addr  string
	stop  context.CancelFunc
	parts *errgroup.Group
}

// Start starts a processor with what its file says was done before.
func Start(ctx context.Context, o Options) (*Sandbox, error) {
	switch {
	case o.APIKey == "" || o.DataDir == "":
		return nil, errors.New("sandbox: an API key and a data directory are needed")
	case o.WebhookURL != "" && len(o.WebhookSecret) == 0:
		return nil, errors.New("sandbox: webhooks need a secret")
	case !(o.Faults >= 0 && o.Faults < 1): // not a number is neither
		return nil, errors.New("sandbox: faults are a part of 1")
	}
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	if o.Late <= 0 {
		o.Late = 30 * time.Second
	}
	if o.Pending <= 0 {
		o.Pending = 10 * time.Second
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if err := identity.RequireLoopback(o.Addr); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(o.DataDir, 0o700); err != nil {
		return nil, err
	}
	ledger, err := openLedger(filepath.Join(o.DataDir, "operations.jsonl"), time.Now, o.Pending)
	if err != nil {
		return nil, err
	}
	listener, err := run.Listen(ctx, "the sandbox's address", o.Addr)
	if err != nil {
		return nil, errors.Join(err, ledger.journal.close())
	}
	dice := newFaults(o.Faults, o.Seed)
	transport := &http.Transport{MaxIdleConnsPerHost: tellAtOnce}
	teller := &teller{
		url: o.WebhookURL, secret: o.WebhookSecret, late: o.Late, ledger: ledger, faults: dice, logger: o.Logger,
		client: &http.Client{Transport: transport},
	}
	for _, e := range ledger.entriesByAge() {
		teller.tell(e)
	}
	api := &api{key: o.APIKey, ledger: ledger, teller: teller, faults: dice, turnedAway: map[string]int{}}
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	parts, ctx := errgroup.WithContext(ctx)
	parts.Go(func() error { return run.ServeHTTP(ctx, listener, api.handler()) })
	parts.Go(func() error { return teller.run(ctx) })
	s := &Sandbox{addr: listener.Addr().String(), stop: stop, parts: &errgroup.Group{}}
	s.parts.Go(func() error {
		err := parts.Wait()
		transport.CloseIdleConnections()
		return errors.Join(err, ledger.journal.close())
	})
	return s, nil
}

// URL is where the API is.
func (s *Sandbox) URL() string { return "http://" + s.addr }

// Close stops the processor. Requests may finish; webhooks that were not taken are sent after the next start.
func (s *Sandbox) Close() error {
	s.stop()
	return s.Wait()
}

// Wait returns when the processor has stopped, and why if nobody asked it to.
func (s *Sandbox) Wait() error { return s.parts.Wait() }
