package cluster

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// Build builds every program of a cell into the folder. It runs in the repository, and needs its Go.
func Build(ctx context.Context, bin string) error {
	services := []string{
		"tiffin/platform/mongolite/cmd/mongolite", "tiffin/deploy/sandbox/cmd/sandbox", "github.com/nats-io/nats-server/v2",
	}
	var bffs []string
	for _, p := range programs {
		list, kind := &services, "services"
		if p.audience != "" {
			list, kind = &bffs, "bff"
		}
		if one := "tiffin/" + kind + "/" + p.binary + "/cmd/" + p.binary; !slices.Contains(*list, one) {
			*list = append(*list, one)
		}
	}
	for to, packages := range map[string][]string{bin: services, filepath.Join(bin, bffFolder): bffs} {
		// What only a debugger reads is left out, to link sooner.
		//nolint:gosec // the programs are ours
		build := exec.CommandContext(ctx, "go", append([]string{"build", "-ldflags=-w", "-o", to + string(filepath.Separator)}, packages...)...)
		build.Stderr = os.Stderr
		if err := build.Run(); err != nil {
			return fmt.Errorf("build the programs of a cell: %w", err)
		}
	}
	return nil
}

// bffFolder is where the BFFs' programs are: some bear the name of a service.
const bffFolder = "bff"
