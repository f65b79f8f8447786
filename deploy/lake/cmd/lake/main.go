// Command lake brings old events from the hub into the lake, as a process of its own.
package main

import (
	"context"
	"os"

	"tiffin/deploy/lake"
	"tiffin/platform/cell"
	"tiffin/platform/run"
)

type settings struct {
	cell.Settings
	cell.ExportSettings
}

func main() { run.Main(carry) }

func carry(ctx context.Context) error {
	s, err := run.Parse[settings](os.Environ())
	if err != nil {
		return err
	}
	return run.Parts(ctx, func(g *run.Group) error {
		c, err := cell.Join(g, "lake", s.Settings)
		if err != nil {
			return err
		}
		exporter, err := c.Export(s.ExportSettings, lake.Domains()...)
		if err != nil {
			return err
		}
		g.Go("lake", func(ctx context.Context) error { return exporter.Work(ctx, c.Replicas) })
		return nil
	})
}
