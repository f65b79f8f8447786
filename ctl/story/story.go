package story

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/spf13/cobra"

	"tiffin/ctl/connect"
	"tiffin/ctl/shown"
	"tiffin/platform/eventlog"
)

// New returns `order` with its subcommand; asJSON is the root's flag.
func New(c connect.Connector, asJSON *bool) *cobra.Command {
	cmd := &cobra.Command{Use: "order", Short: "Look at one order", Args: cobra.NoArgs, RunE: connect.Help}
	cmd.AddCommand(storyCommand(c, asJSON))
	return cmd
}

func storyCommand(c connect.Connector, asJSON *bool) *cobra.Command {
	var personal, data bool
	cmd := &cobra.Command{
		Use: "story <order id>", Short: "Tell everything that happened to an order, and why", Args: cobra.ExactArgs(1),
		Example: "  tiffinctl order story 01JZZZZZZZZZZZZZZZZZZZZZZZ",
		RunE: func(cmd *cobra.Command, args []string) error {
			id := args[0]
			if _, err := ulid.ParseStrict(id); err != nil {
				return fmt.Errorf("%q is no order's id", id)
			}
			h, err := c.Hub(cmd.Context(), personal)
			if err != nil {
				return err
			}
			defer h.Close()
			openness := eventlog.Closed
			if personal {
				openness = eventlog.Opened
			}
			events, err := collect(cmd.Context(), h.Log, id, openness)
			if err != nil {
				return err
			}
			entries := Tell(events)
			if *asJSON {
				return writeJSON(cmd.OutOrStdout(), entries)
			}
			return writeText(cmd.OutOrStdout(), id, entries, data)
		},
	}
	cmd.Flags().BoolVar(&personal, "open-personal", false, "open what is personal in it, as far as nobody was erased")
	cmd.Flags().BoolVar(&data, "data", false, "print what each event says, too")
	return cmd
}

// told is an entry as JSON tells it.
type told struct {
	shown.Event

	Because   Cause     `json:"because"`
	Commands  []Command `json:"commands,omitempty"`
	Set       []Timer   `json:"timers_set,omitempty"`
	Cancelled []string  `json:"timers_cancelled,omitempty"`
}

func writeJSON(w io.Writer, entries []Entry) error {
	all := make([]told, 0, len(entries))
	for _, e := range entries {
		all = append(all, told{shown.Of(e.Event), e.Because, e.Commands, e.Set, e.Cancelled})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(all)
}

func writeText(w io.Writer, id string, entries []Entry, data bool) error {
	first, last := entries[0].Event, entries[len(entries)-1].Event
	_, err := fmt.Fprintf(w, "%s: %d events, from %s to %s\n", id, len(entries), shown.Moment(first.Time), shown.Moment(last.Time))
	for _, e := range entries {
		if err != nil {
			return err
		}
		err = writeEntry(w, first.Time, e, data)
	}
	return err
}

const indent = "                          "

func writeEntry(w io.Writer, start time.Time, e Entry, data bool) error {
	lines := []string{fmt.Sprintf("\n%14s  %8d  %s", since(start, e.Event.Time), e.Event.Position, e.Event.Type)}
	if e.Event.AggregateID != "" && e.Because.Type == "" && e.Because.CommandID != "" {
		lines[0] += "  by command " + e.Because.CommandID
	}
	if because := e.Because.String(); because != "" {
		lines = append(lines, indent+"because "+because)
	}
	for _, name := range e.Cancelled {
		lines = append(lines, indent+"takes back the timer "+name)
	}
	for _, timer := range e.Set {
		later := timer.Due.Sub(e.Event.Time).Round(time.Millisecond)
		lines = append(lines, fmt.Sprintf("%ssets the timer %s, due %s later", indent, timer.Name, later))
	}
	for _, command := range e.Commands {
		lines = append(lines, indent+"→ "+command.String())
	}
	if data || e.Event.Err != nil {
		lines = append(lines, indent+shown.Of(e.Event).Indented(indent))
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}

// String says the cause for people; empty where it is a command from outside, or unknown.
func (c Cause) String() string {
	switch {
	case c.Timer != "":
		return "the timer " + c.Timer + " fired"
	case c.Answered != "":
		return c.Answered + " was answered"
	case c.Position > 0:
		return fmt.Sprintf("of %d %s", c.Position, c.Type)
	}
	return ""
}

// String says the command and what became of it.
func (c Command) String() string {
	switch {
	case c.Outcome == Refused:
		return fmt.Sprintf("%s: refused as %s (%s)", c.Name, c.Code, c.Reason)
	case c.Outcome == Open:
		return c.Name + ": no answer yet"
	case c.Position > 0:
		return fmt.Sprintf("%s: %d %s", c.Name, c.Position, c.Type)
	}
	return c.Name + ": accepted, and there was nothing to change"
}

// since is how much later than the start it was. The clocks of two processes may differ a little.
func since(start, at time.Time) string {
	d := at.Sub(start).Round(time.Millisecond)
	if d < 0 {
		return d.String()
	}
	return "+" + d.String()
}
