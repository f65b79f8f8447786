package events

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/oklog/ulid/v2"
	"github.com/spf13/cobra"

	"tiffin/ctl/connect"
	"tiffin/ctl/facts"
	"tiffin/ctl/progress"
	"tiffin/ctl/shown"
	"tiffin/platform/eventlog"
)

func showCommand(c connect.Connector, asJSON *bool) *cobra.Command {
	var s selection
	cmd := &cobra.Command{
		Use: "show <position or event id>...", Short: "Print everything about single events", Args: cobra.MinimumNArgs(1),
		Long:    "Print everything about single events. Positions are found at once; an event's id is looked for through the whole log.",
		Example: "  tiffinctl events show 102\n  tiffinctl events show 01JZZZZZZZZZZZZZZZZZZZZZZZ --open-personal",
		RunE: func(cmd *cobra.Command, args []string) error {
			h, err := c.Hub(cmd.Context(), s.personal)
			if err != nil {
				return err
			}
			defer h.Close()
			for _, arg := range args {
				e, err := s.find(cmd.Context(), h.Log, arg, cmd.ErrOrStderr())
				if err != nil {
					return err
				}
				if *asJSON {
					err = printer(cmd.OutOrStdout(), true)(e)
				} else {
					err = describe(cmd.OutOrStdout(), e)
				}
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
	s.personalFlag(cmd)
	return cmd
}

// find returns the event by its position or its id.
func (s selection) find(ctx context.Context, log *eventlog.Log, name string, told io.Writer) (eventlog.Event, error) {
	if position, err := strconv.ParseUint(name, 10, 64); err == nil && position > 0 {
		e, found, err := log.At(ctx, position, s.openness(), facts.Domains()...)
		if err == nil && !found {
			err = fmt.Errorf("the log has no event at %d", position)
		}
		return e, err
	}
	if _, err := ulid.ParseStrict(name); err != nil {
		return eventlog.Event{}, fmt.Errorf("%q is neither a position nor an event's id", name)
	}
	return s.search(ctx, log, name, told)
}

func (s selection) search(ctx context.Context, log *eventlog.Log, id string, told io.Writer) (found eventlog.Event, err error) {
	end, err := log.LastPosition(ctx, facts.Domains()...)
	if err != nil {
		return found, err
	}
	bar := progress.Start(told, "looking for "+id, "events", end)
	defer bar.Done()
	err = s.scan(ctx, log, span{until: end}, func(e eventlog.Event) error {
		if e.ID == id {
			found = e
			return errDone
		}
		return nil
	}, bar.Reach)
	if err == nil && found.Position == 0 {
		err = fmt.Errorf("the log has no event with the id %s", id)
	}
	return found, err
}

// describe tells a person everything about an event.
func describe(w io.Writer, e eventlog.Event) error {
	told := shown.Of(e)
	if _, err := fmt.Fprintf(w, "%d  %s\n", e.Position, e.Type); err != nil {
		return err
	}
	for _, line := range [...]struct{ name, value string }{
		{"id", e.ID},
		{"aggregate", e.AggregateID},
		{"time", shown.Moment(e.Time)},
		{"command", e.CommandID},
		{"correlation", e.CorrelationID},
		{"causation", e.CausationID},
		{"trace", told.TraceID},
		{"can't be read", told.Error},
	} {
		if line.value == "" {
			continue
		}
		if _, err := fmt.Fprintf(w, "  %-14s%s\n", line.name, line.value); err != nil {
			return err
		}
	}
	if len(told.Data) == 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "  %-14s%s\n", "data", told.Indented("  "))
	return err
}
