package views

import (
	"github.com/spf13/cobra"

	"tiffin/ctl/connect"
)

// New returns `views` with its subcommands; asJSON is the root's flag.
func New(c connect.Connector, asJSON *bool) *cobra.Command {
	cmd := &cobra.Command{Use: "views", Short: "Look at the views, and build them anew", Args: cobra.NoArgs, RunE: connect.Help}
	cmd.AddCommand(listCommand(c, asJSON), verifyCommand(c, asJSON), rebuildCommand(c, asJSON), prepareCommand(c, asJSON))
	return cmd
}

func completeViews(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return Names(), cobra.ShellCompDirectiveNoFileComp
}
