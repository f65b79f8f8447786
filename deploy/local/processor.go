package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"tiffin/deploy/sandbox"
	"tiffin/platform/run"
	"tiffin/services/payment/gateway"
)

// ProcessorSettings are about the card processor: somebody else's, or the sandbox that is started where none is given.
type ProcessorSettings struct {
	URL           string `env:"TIFFIN_PROCESSOR_URL"`
	Key           string `env:"TIFFIN_PROCESSOR_KEY"`
	WebhookSecret string `env:"TIFFIN_PROCESSOR_WEBHOOK_SECRET"`
	// PerSecond is how many requests a second it is asked at most.
	PerSecond float64 `env:"TIFFIN_PROCESSOR_PER_SECOND" envDefault:"200"`
	// SandboxAddr is where the sandbox listens.
	SandboxAddr string `env:"TIFFIN_SANDBOX_ADDR" envDefault:"localhost:9095"`
	// SandboxFaults is the part of its requests and webhooks that goes wrong, from 0 to below 1.
	SandboxFaults float64 `env:"TIFFIN_SANDBOX_FAULTS" envDefault:"0"`
}

// Validate reports the first setting that can't work, without showing a key.
func (s ProcessorSettings) Validate() error {
	if s.URL != "" {
		if s.Key == "" || s.WebhookSecret == "" {
			return errors.New("TIFFIN_PROCESSOR_URL needs TIFFIN_PROCESSOR_KEY and TIFFIN_PROCESSOR_WEBHOOK_SECRET")
		}
		return gateway.ProcessorSettings{URL: s.URL}.Validate()
	}
	if !(s.SandboxFaults >= 0 && s.SandboxFaults < 1) { // not a number is neither
		return fmt.Errorf("TIFFIN_SANDBOX_FAULTS: %v is not a part of 1", s.SandboxFaults)
	}
	if err := run.Addr("TIFFIN_SANDBOX_ADDR", s.SandboxAddr); err != nil {
		return err
	}
	return loopback("TIFFIN_SANDBOX_ADDR", s.SandboxAddr)
}

// processor returns how the card processor is reached, after starting the sandbox where no other is given. What both sides
// know each other by is made anew for each start: nobody else needs it.
func processor(g *run.Group, s settings) (gateway.ProcessorSettings, error) {
	if s.URL != "" {
		return gateway.ProcessorSettings{URL: s.URL, Key: s.Key, WebhookSecret: s.WebhookSecret, PerSecond: s.PerSecond}, nil
	}
	out := gateway.ProcessorSettings{Key: rand.Text(), WebhookSecret: rand.Text(), PerSecond: s.PerSecond}
	scaled := func(d time.Duration) time.Duration { return time.Duration(float64(d) / s.Factor) }
	started, err := sandbox.Start(g.Context(), sandbox.Options{
		Addr: s.SandboxAddr, DataDir: filepath.Join(s.DataDir, "sandbox"), APIKey: out.Key,
		WebhookURL: "http://" + s.HTTPAddr + gateway.WebhookPath, WebhookSecret: []byte(out.WebhookSecret),
		Faults: s.SandboxFaults, Seed: 1, Late: scaled(30 * time.Second), Pending: scaled(10 * time.Second),
	})
	if err != nil {
		return out, fmt.Errorf("TIFFIN_SANDBOX_ADDR: %w", err)
	}
	g.Go("card processor", func(ctx context.Context) error {
		defer context.AfterFunc(ctx, func() { _ = started.Close() })() // Wait tells the same error
		return started.Wait()
	})
	out.URL = started.URL()
	return out, nil
}
