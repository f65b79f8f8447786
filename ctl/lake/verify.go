package lake

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"tiffin/ctl/connect"
	"tiffin/ctl/progress"
	"tiffin/platform/lake"
)

// Verified is what a look at every file found.
type Verified struct {
	Files  int    `json:"files"`
	Events uint64 `json:"events"`
	// Damaged are files that are missing or not what was written, each with what is wrong.
	Damaged []string `json:"damaged"`
	// Unlisted are files that belong to no export, such as one that was interrupted. Nothing reads them.
	Unlisted []string `json:"unlisted"`
}

// errDamaged is what a command ends with that has told the rest.
var errDamaged = errors.New("the lake is damaged")

func verifyCommand(c connect.Connector, asJSON *bool) *cobra.Command {
	return &cobra.Command{
		Use: "verify", Short: "Read every file of the lake, and compare it with what was written", Args: cobra.NoArgs,
		Long: "Read every file of the lake, and compare its events with their count and their digest at the time they were written.\n" +
			"It fails where one is missing or damaged. Files that no export has listed are told of: they can be deleted while\n" +
			"nobody exports.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			h, err := c.Hub(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer h.Close()
			found, err := verify(cmd.Context(), h.Lake, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			if !*asJSON {
				for _, what := range found.Damaged {
					_, _ = fmt.Fprintln(cmd.OutOrStdout(), "damaged:", what)
				}
				for _, name := range found.Unlisted {
					_, _ = fmt.Fprintln(cmd.OutOrStdout(), "of no export:", name)
				}
			}
			err = tell(cmd.OutOrStdout(), *asJSON, found, "%d files with %d events are as they were written", found.Files, found.Events)
			if err == nil && len(found.Damaged) > 0 {
				err = errDamaged
			}
			return err
		},
	}
}

func verify(ctx context.Context, l *lake.Lake, told io.Writer) (Verified, error) {
	found := Verified{Damaged: []string{}, Unlisted: []string{}}
	files, err := l.Store.List(ctx, "") // before the list: what is being exported meanwhile is on that
	if err != nil {
		return found, err
	}
	list, err := l.Manifest.Now(ctx)
	if err != nil {
		return found, err
	}
	listed := map[string]bool{}
	var total uint64
	for _, e := range list.Exports {
		for _, s := range e.Segments {
			listed[s.Name] = true
			total += s.Count
		}
	}
	for _, f := range files {
		if !listed[f.Name] {
			found.Unlisted = append(found.Unlisted, f.Name)
		}
	}
	bar := progress.Start(told, "verifying", "events", total)
	defer bar.Done()
	read := uint64(0)
	for _, e := range list.Exports {
		for _, s := range e.Segments {
			records, err := l.Verify(ctx, s)
			if ctx.Err() != nil {
				return found, ctx.Err()
			}
			if err != nil {
				found.Damaged = append(found.Damaged, err.Error())
			} else {
				found.Files, found.Events = found.Files+1, found.Events+uint64(len(records))
			}
			read += s.Count
			bar.Reach(read)
		}
	}
	return found, nil
}
