package main

import (
	"cmp"
	"fmt"

	"tiffin/deploy/local/city"
	"tiffin/platform/cell"
	"tiffin/platform/identity"
	"tiffin/platform/run"
)

// settings are everything that can be set, each by the environment variable beside it.
type settings struct {
	run.HTTP
	run.GRPC
	cell.LocalSettings
	cell.ExportSettings
	ProcessorSettings
	run.TimeFactor
	// WebDir holds the built frontends.
	WebDir string `env:"TIFFIN_WEB_DIR" envDefault:"frontends"`
	// Sim says whether a simulation plays the other people.
	Sim run.Switch `env:"TIFFIN_SIM" envDefault:"on"`
	// Without names services that are not started, to see what stands without them.
	Without []string `env:"TIFFIN_WITHOUT"`
	// DemoCouriers is how many couriers the demo city is founded with; later starts leave it at that.
	DemoCouriers int `env:"TIFFIN_DEMO_COURIERS" envDefault:"24"`
}

// Validate refuses addresses that others can reach: local identity gives tokens to anybody who asks.
func (s settings) Validate() error {
	if s.DemoCouriers < 0 || s.DemoCouriers > city.MostCouriers() {
		return fmt.Errorf("TIFFIN_DEMO_COURIERS: %d is not 0 to %d", s.DemoCouriers, city.MostCouriers())
	}
	return cmp.Or(loopback("TIFFIN_HTTP_ADDR", s.HTTPAddr), loopback("TIFFIN_GRPC_ADDR", s.GRPCAddr))
}

func loopback(setting, addr string) error {
	if err := identity.RequireLoopback(addr); err != nil {
		return fmt.Errorf("%s: %w", setting, err)
	}
	return nil
}
