// Command mongolite runs the embedded MongoDB as a process of its own, for several processes on one machine that keep views.
// It listens on loopback only, for it asks nobody who they are; what was written after the last snapshot is lost with it.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"tiffin/platform/disk"
	"tiffin/platform/mongolite"
	"tiffin/platform/run"
)

// settings are everything that can be set, each by the environment variable beside it.
type settings struct {
	Addr string `env:"MONGOLITE_ADDR" envDefault:"localhost:27017"`
	// DataDir holds the snapshot.
	DataDir       string        `env:"MONGOLITE_DATA_DIR" envDefault:".tiffin/mongolite"`
	SnapshotEvery time.Duration `env:"MONGOLITE_SNAPSHOT_EVERY" envDefault:"1m"`
}

// Validate reports the first setting that can't work, by its name.
func (s settings) Validate() error {
	if s.SnapshotEvery <= 0 {
		return fmt.Errorf("MONGOLITE_SNAPSHOT_EVERY: %s is no time between two snapshots", s.SnapshotEvery)
	}
	return run.Addr("MONGOLITE_ADDR", s.Addr)
}

func main() { run.Main(serve) }

func serve(ctx context.Context) error {
	s, err := run.Parse[settings](os.Environ())
	if err != nil {
		return err
	}
	return run.Parts(ctx, func(g *run.Group) error {
		release, err := run.ClaimDir("MONGOLITE_DATA_DIR", s.DataDir)
		if err != nil {
			return err
		}
		g.Close("data directory", release)
		room := disk.New(s.DataDir, slog.Default())
		g.Go("room on the disk", room.Run)
		lite, err := mongolite.Start(mongolite.Options{
			Addr: s.Addr, SnapshotPath: filepath.Join(s.DataDir, "views.snapshot"), SnapshotEvery: s.SnapshotEvery, Room: room.Holds,
		})
		if err != nil {
			return err
		}
		g.Close("mongolite", func() error {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), run.StopWithin)
			defer cancel()
			return lite.Close(ctx)
		})
		_, err = fmt.Fprintln(os.Stdout, "mongolite ready", lite.URI())
		return err
	})
}
