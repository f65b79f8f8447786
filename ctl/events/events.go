package events

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"tiffin/ctl/connect"
	"tiffin/ctl/shown"
	"tiffin/platform/eventlog"
)

// New returns `events` with its subcommands; asJSON is the root's flag.
func New(c connect.Connector, asJSON *bool) *cobra.Command {
	cmd := &cobra.Command{Use: "events", Short: "Look at the facts in the log", Args: cobra.NoArgs, RunE: connect.Help}
	cmd.AddCommand(tailCommand(c, asJSON), showCommand(c, asJSON), exportCommand(c))
	return cmd
}

// flags adds those by which events are chosen, and by which it is said what of them is shown.
func (s *selection) flags(cmd *cobra.Command) {
	s.choosing(cmd)
	s.personalFlag(cmd)
}

// choosing adds those by which events are chosen.
func (s *selection) choosing(cmd *cobra.Command) {
	cmd.Flags().StringSliceVar(&s.domains, "domain", nil, "only events of these domains")
	cmd.Flags().StringSliceVar(&s.types, "type", nil, "only events of these types, such as ordering.OrderPlaced")
	cmd.Flags().StringVar(&s.aggregate, "aggregate", "", "only events of aggregates that bear this id")
	complete(cmd, "domain", domainNames())
	complete(cmd, "type", typeNames())
}

func (s *selection) personalFlag(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&s.personal, "open-personal", false, "open what is personal in them, as far as nobody was erased")
}

func complete(cmd *cobra.Command, flag string, values []string) {
	// It fails only for a flag that is not there.
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// printer prints one event a line.
func printer(w io.Writer, asJSON bool) func(eventlog.Event) error {
	if asJSON {
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		return func(e eventlog.Event) error { return encoder.Encode(shown.Of(e)) }
	}
	return func(e eventlog.Event) error {
		_, err := fmt.Fprintln(w, shown.Line(e))
		return err
	}
}
