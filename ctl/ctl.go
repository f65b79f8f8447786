package ctl

import (
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"tiffin/ctl/connect"
	"tiffin/ctl/events"
	"tiffin/ctl/faults"
	"tiffin/ctl/lake"
	"tiffin/ctl/replay"
	"tiffin/ctl/story"
	"tiffin/ctl/views"
	"tiffin/platform/telemetry"
)

const about = `Look after a cell: its log, its orders, its views and its faults.

It finds the hub and the database by TIFFIN_NATS_URL and TIFFIN_MONGODB_URI. Where they are not set, it finds those that
"make run" embeds, by what that has written into TIFFIN_DATA_DIR (.tiffin, of the folder that it was started in).

What is personal stays sealed, unless --open-personal asks for it.`

// New returns the command, for an environment as os.Environ gives it.
func New(environ []string) *cobra.Command {
	var asJSON bool
	root := &cobra.Command{
		Use: "tiffinctl", Short: "Look after a cell: its log, its orders, its views and its faults", Long: about,
		Args: cobra.NoArgs, RunE: connect.Help, SilenceErrors: true, SilenceUsage: true,
	}
	root.PersistentFlags().BoolVar(&asJSON, "json", false, "print JSON, for programs")
	c := connect.Connector{Environ: environ, Logger: telemetry.NewLogger(os.Stderr, telemetry.Text, slog.LevelWarn)}
	root.AddCommand(
		events.New(c, &asJSON), story.New(c, &asJSON), views.New(c, &asJSON), faults.New(c, &asJSON),
		replay.New(c, &asJSON), lake.New(c, &asJSON))
	return root
}
