package main

import (
	"tiffin/platform/identity"
	"tiffin/platform/run"
)

// settings are everything that can be set, each by the environment variable beside it.
type settings struct {
	run.Settings
	// WebDir holds the built frontends.
	WebDir string `env:"TIFFIN_WEB_DIR" envDefault:"frontends"`
}

// Validate also refuses addresses that others can reach: local identity gives tokens to anybody who asks.
func (s settings) Validate() error {
	if err := s.Settings.Validate(); err != nil {
		return err
	}
	for _, addr := range []string{s.HTTPAddr, s.GRPCAddr} {
		if err := identity.RequireLoopback(addr); err != nil {
			return err
		}
	}
	return nil
}
