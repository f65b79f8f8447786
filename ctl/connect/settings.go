package connect

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"

	"tiffin/platform/cell"
	"tiffin/platform/run"
)

// Settings are where the hub and the database are.
type Settings struct {
	// NATSURL of the hub; empty: that which a process in DataDir embeds.
	NATSURL string `env:"TIFFIN_NATS_URL"`
	// MongoDBURI of the views' database; empty: that which a process in DataDir embeds.
	MongoDBURI string `env:"TIFFIN_MONGODB_URI"`
	// DataDir of a process that runs here and embeds what it is not told the address of.
	DataDir string `env:"TIFFIN_DATA_DIR" envDefault:".tiffin"`
	cell.LakeSettings
	cell.ExportSettings
}

// Validate reports what is no URL, without showing it.
func (s Settings) Validate() error {
	var err error
	if s.NATSURL != "" {
		err = run.URL("TIFFIN_NATS_URL", s.NATSURL)
	}
	if s.MongoDBURI != "" {
		err = cmp.Or(err, run.URL("TIFFIN_MONGODB_URI", s.MongoDBURI))
	}
	return err
}

// read takes the settings from an environment. Those of the services stay out of the way: the tool is run beside them, too.
func read(environ []string) (Settings, error) {
	var ours []string
	for _, line := range environ {
		for _, prefix := range [...]string{"TIFFIN_NATS", "TIFFIN_MONGO", "TIFFIN_DATA", "TIFFIN_LAKE"} {
			if strings.HasPrefix(line, prefix) {
				ours = append(ours, line)
			}
		}
	}
	s, err := run.Parse[Settings](ours)
	if err != nil {
		return s, err
	}
	if s.NATSURL != "" && s.MongoDBURI != "" {
		return s, nil
	}
	found, err := cell.FindAddresses(s.DataDir)
	s.NATSURL, s.MongoDBURI = cmp.Or(s.NATSURL, found.NATSURL), cmp.Or(s.MongoDBURI, found.MongoDBURI)
	return s, err
}

// missing says what to do about an address that nobody gave.
func (s Settings) missing(name string) error {
	dir := s.DataDir
	if full, err := filepath.Abs(dir); err == nil {
		dir = full
	}
	return fmt.Errorf("%s is not set, and no process that embeds one runs in %s (TIFFIN_DATA_DIR)", name, dir)
}
