package cell

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"time"

	"google.golang.org/protobuf/proto"

	"tiffin/platform/eventlog"
	"tiffin/platform/lake"
	"tiffin/platform/lake/export"
	"tiffin/platform/lake/manifest"
	"tiffin/platform/lake/store"
)

const (
	lakeURL = "TIFFIN_LAKE_URL"
	lakeAge = "TIFFIN_LAKE_AGE"
)

// LakeSettings are where the part of the log is that has left the hub. Every process that reads the log needs them.
type LakeSettings struct {
	// LakeURL of a directory or an S3 bucket; empty: the directory lake below the data directory.
	LakeURL string `env:"TIFFIN_LAKE_URL"`
}

// Validate reports what is no URL of a store.
func (s LakeSettings) Validate() error {
	if s.LakeURL == "" {
		return nil
	}
	if _, err := store.Open(s.LakeURL); err != nil {
		return fmt.Errorf("%s: %w", lakeURL, err)
	}
	return nil
}

// Files returns the store of the lake; one in the data directory where no other is given.
func (s LakeSettings) Files(dataDir string) (store.Store, error) {
	where := s.LakeURL
	if where == "" {
		dir, err := filepath.Abs(filepath.Join(dataDir, "lake"))
		if err != nil {
			return nil, err
		}
		where = (&url.URL{Scheme: "file", Path: filepath.ToSlash(dir)}).String()
	}
	files, err := store.Open(where)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", lakeURL, err)
	}
	return files, nil
}

// ExportSettings are for who brings events into the lake.
type ExportSettings struct {
	// LakeAge is how long ago an aggregate's last event was when its events leave the hub.
	LakeAge time.Duration `env:"TIFFIN_LAKE_AGE" envDefault:"168h"`
}

// Validate reports an age at which ids may still be late.
func (s ExportSettings) Validate() error {
	if s.LakeAge < eventlog.MinLakeAge {
		return fmt.Errorf("%s: %s is less than %s, until when ids may be late", lakeAge, s.LakeAge, eventlog.MinLakeAge)
	}
	return nil
}

func (c *Cell) openLake(ctx context.Context, dir string, s LogSettings) error {
	files, err := s.Files(dir)
	if err != nil {
		return err
	}
	c.Lake, err = lake.Open(ctx, c.NATS, files, manifest.Options{Replicas: s.Replicas})
	return err
}

// Export returns what brings events of the domains into the lake.
func (c *Cell) Export(s ExportSettings, domains ...proto.Message) (*export.Exporter, error) {
	return export.New(export.Options{NATS: c.NATS, Lake: c.Lake, Domains: domains, Age: s.LakeAge, Logger: c.Logger, Now: c.Now})
}
