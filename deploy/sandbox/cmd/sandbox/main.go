// The sandbox is a card processor to develop and test against; see package sandbox.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"tiffin/deploy/sandbox"
	"tiffin/platform/run"
)

// settings are everything that can be set, each by the environment variable beside it.
type settings struct {
	Addr          string        `env:"SANDBOX_ADDR" envDefault:"localhost:9095"`
	DataDir       string        `env:"SANDBOX_DATA_DIR" envDefault:".tiffin/sandbox"`
	APIKey        string        `env:"SANDBOX_API_KEY,required"`
	WebhookURL    string        `env:"SANDBOX_WEBHOOK_URL"`
	WebhookSecret string        `env:"SANDBOX_WEBHOOK_SECRET"`
	Faults        float64       `env:"SANDBOX_FAULTS" envDefault:"0"`
	Seed          uint64        `env:"SANDBOX_SEED" envDefault:"1"`
	Late          time.Duration `env:"SANDBOX_LATE" envDefault:"30s"`
	Pending       time.Duration `env:"SANDBOX_PENDING" envDefault:"10s"`
}

func main() { run.Main(serve) }

func serve(ctx context.Context) (failed error) {
	s, err := run.Parse[settings](os.Environ())
	if err != nil {
		return err
	}
	release, err := run.ClaimDir("SANDBOX_DATA_DIR", s.DataDir)
	if err != nil {
		return err
	}
	defer func() { failed = errors.Join(failed, release()) }()
	processor, err := sandbox.Start(ctx, sandbox.Options{
		Addr: s.Addr, DataDir: s.DataDir, APIKey: s.APIKey, WebhookURL: s.WebhookURL, WebhookSecret: []byte(s.WebhookSecret),
		Faults: s.Faults, Seed: s.Seed, Late: s.Late, Pending: s.Pending,
	})
	if err != nil {
		return err
	}
	fmt.Println("sandbox ready", processor.URL())
	context.AfterFunc(ctx, func() { _ = processor.Close() }) // Wait tells the same error
	return processor.Wait()
}
