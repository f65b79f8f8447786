package lake

import (
	"github.com/spf13/cobra"

	"tiffin/ctl/connect"
	"tiffin/ctl/progress"
)

func exportCommand(c connect.Connector, asJSON *bool) *cobra.Command {
	var do bool
	cmd := &cobra.Command{
		Use: "export", Short: "Bring what was closed long ago from the hub into the lake", Args: cobra.NoArgs,
		Long: "Bring the events of what was closed long ago (TIFFIN_LAKE_AGE, 168h by default) from the hub into the lake. Without --do it\n" +
			"only says what it would bring. It may be interrupted at any time, and run beside the process that does the same every\n" +
			"day: the log reads the same throughout, and the next run goes on.",
		Example: "  tiffinctl lake export\n  tiffinctl lake export --do",
		RunE: func(cmd *cobra.Command, _ []string) error {
			h, err := c.Hub(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer h.Close()
			var bar *progress.Bar
			exporter, err := h.Export(c, func(events uint64) {
				if bar != nil {
					bar.Reach(events)
				}
			})
			if err != nil {
				return err
			}
			due, err := exporter.Due(cmd.Context())
			if err != nil {
				return err
			}
			if !do {
				return tell(cmd.OutOrStdout(), *asJSON, due, "%d events of %d aggregates would leave the hub for %s; --do does it",
					due.Events, due.Aggregates, h.Lake.Store)
			}
			bar = progress.Start(cmd.ErrOrStderr(), "exporting", "events", due.Events)
			done, err := exporter.Run(cmd.Context())
			bar.Done()
			if err != nil {
				return err
			}
			return tell(cmd.OutOrStdout(), *asJSON, done, "%d events of %d aggregates have left the hub: %d files, %s, in %s",
				done.Events, done.Aggregates, done.Files, megabytes(done.Bytes), h.Lake.Store)
		},
	}
	cmd.Flags().BoolVar(&do, "do", false, "do it, rather than say what would be done")
	return cmd
}
