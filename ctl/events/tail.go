package events

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"tiffin/ctl/connect"
	"tiffin/ctl/facts"
	"tiffin/platform/eventlog"
)

func tailCommand(c connect.Connector, asJSON *bool) *cobra.Command {
	var s selection
	var last int
	var follow bool
	cmd := &cobra.Command{
		Use: "tail", Short: "Print the last events, and go on with those that come", Args: cobra.NoArgs,
		Example: "  tiffinctl events tail -n 5\n  tiffinctl events tail -f --domain ordering,kitchen",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if last < 0 {
				return fmt.Errorf("-n %d: there are no fewer than none", last)
			}
			h, err := c.Hub(cmd.Context(), s.personal)
			if err != nil {
				return err
			}
			defer h.Close()
			return s.tail(cmd.Context(), h.Log, last, follow, printer(cmd.OutOrStdout(), *asJSON))
		},
	}
	s.flags(cmd)
	cmd.Flags().IntVarP(&last, "last", "n", 10, "how many to begin with")
	cmd.Flags().BoolVarP(&follow, "follow", "f", false, "go on until interrupted")
	return cmd
}

func (s selection) tail(ctx context.Context, log *eventlog.Log, last int, follow bool, each func(eventlog.Event) error) error {
	end, err := log.LastPosition(ctx, facts.Domains()...)
	if err != nil {
		return err
	}
	if last > 0 {
		events, err := s.latest(ctx, log, last, end)
		if err != nil {
			return err
		}
		for _, e := range events {
			if err := each(e); err != nil {
				return err
			}
		}
	}
	if !follow {
		return nil
	}
	err = s.scan(ctx, log, span{after: end, until: endless}, each, func(uint64) {})
	if errors.Is(err, context.Canceled) && ctx.Err() != nil { // which is how it is ended
		return nil
	}
	return err
}
