package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/caarlos0/env/v11"

	"tiffin/platform/identity"
)

// settings are everything that can be set, each by the environment variable beside it.
type settings struct {
	HTTPAddr   string `env:"TIFFIN_HTTP_ADDR" envDefault:"localhost:8080"`
	GRPCAddr   string `env:"TIFFIN_GRPC_ADDR" envDefault:"localhost:9090"`
	DataDir    string `env:"TIFFIN_DATA_DIR" envDefault:".tiffin"`
	NATSURL    string `env:"TIFFIN_NATS_URL"`
	MongoDBURI string `env:"TIFFIN_MONGODB_URI"`
	// WebDir holds the built frontends.
	WebDir string `env:"TIFFIN_WEB_DIR" envDefault:"frontends"`
}

func readSettings() (settings, error) {
	var s settings
	if err := env.Parse(&s); err != nil {
		return s, fmt.Errorf("settings: %w", err)
	}
	params, err := env.GetFieldParams(&s)
	if err != nil {
		return s, fmt.Errorf("settings: %w", err)
	}
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "TIFFIN_") &&
			!slices.ContainsFunc(params, func(p env.FieldParams) bool { return p.Key == name }) {
			return s, fmt.Errorf("unknown setting %s", name)
		}
	}
	// Local identity gives tokens to anybody who asks.
	for _, addr := range []string{s.HTTPAddr, s.GRPCAddr} {
		if err := identity.RequireLoopback(addr); err != nil {
			return s, err
		}
	}
	return s, nil
}
