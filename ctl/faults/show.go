package faults

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tiffin/ctl/connect"
	"tiffin/ctl/shown"
	"tiffin/platform/fault"
)

// Entry is a parked event as JSON tells it.
type Entry struct {
	Fault    string `json:"fault"`
	Position uint64 `json:"position"`
	ID       string `json:"id,omitempty"`
	Type     string `json:"type,omitempty"`
	Subject  string `json:"subject"`
	ParkedAt string `json:"parked_at"`
	// Error says why it can't be processed, and Stack where; both are left out where it only stands behind another.
	Error string `json:"error,omitempty"`
	Stack string `json:"stack,omitempty"`
	// Data is what the event says, personal fields redacted; Unread says why there is none.
	Data   json.RawMessage `json:"data,omitempty"`
	Unread string          `json:"unread,omitempty"`
}

func entry(e fault.Entry) Entry {
	out := Entry{
		Fault: e.FaultID(), Position: e.Event.Position, ID: header(e, "ce-id"), Type: header(e, "ce-type"), Subject: e.Event.Subject,
		ParkedAt: e.ParkedAt.UTC().Format(time.RFC3339Nano), Error: e.Error, Stack: e.Stack,
	}
	data, err := e.Show()
	if err != nil {
		out.Unread = err.Error()
		return out
	}
	out.Data = shown.Compact(data)
	return out
}

// header is the first value of a header of the event's, by its exact name.
func header(e fault.Entry, name string) string {
	if v := e.Event.Header[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

func showCommand(c connect.Connector, asJSON *bool) *cobra.Command {
	var s selection
	var lines int
	cmd := &cobra.Command{
		Use: "show <fault>...", Short: "Print everything about faults", Args: cobra.MinimumNArgs(1),
		Long: "Print everything about faults: the event that can't be processed, why, and what stands behind it. What is personal is\n" +
			"redacted. With --json every parked event is printed in full, one a line.",
		Example: "  tiffinctl faults show view.customer.orders.v3.document.01M8GE6JCRY2WKANSESAH68PX8",
		RunE: func(cmd *cobra.Command, args []string) error {
			s.ids = args
			return with(cmd.Context(), c, func(store *fault.Store) error {
				found, err := s.list(cmd.Context(), store)
				if err != nil {
					return err
				}
				for _, f := range found {
					entries, err := store.Sequence(cmd.Context(), f.ID)
					if err != nil {
						return err
					}
					if len(entries) == 0 { // it was processed meanwhile
						continue
					}
					if *asJSON {
						err = each(cmd.OutOrStdout(), entries)
					} else {
						err = describe(cmd.OutOrStdout(), f, entries, lines)
					}
					if err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	s.flags(cmd, c)
	cmd.Flags().IntVarP(&lines, "behind", "n", 10, "how many of those that stand behind are listed")
	return cmd
}

func each(w io.Writer, entries []fault.Entry) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, e := range entries {
		if err := encoder.Encode(entry(e)); err != nil {
			return err
		}
	}
	return nil
}

// describe tells a person of a fault: the first event in full, and a line for each of some that stand behind it.
func describe(w io.Writer, f fault.Fault, entries []fault.Entry, lines int) error {
	var text strings.Builder
	fmt.Fprintf(&text, "%s\n", f.ID)
	// What can't be processed comes first, whatever stands before it in the log.
	cause := max(0, slices.IndexFunc(entries, func(e fault.Entry) bool { return e.Error != "" }))
	entries = slices.Concat(entries[cause:cause+1], entries[:cause], entries[cause+1:])
	for i, e := range entries {
		t := entry(e)
		if i > 0 && i > lines {
			fmt.Fprintf(&text, "  and %d more\n", len(entries)-i)
			break
		}
		if i > 0 {
			fmt.Fprintf(&text, "  behind it     %d  %s\n", t.Position, t.Type)
			continue
		}
		for _, line := range [...]struct{ name, value string }{
			{"consumer", e.Consumer.String()},
			{e.Key.Kind, e.Key.ID},
			{"event", strings.TrimSpace(fmt.Sprintf("%d  %s", t.Position, t.Type))},
			{"subject", t.Subject},
			{"id", t.ID},
			{"parked", shown.Moment(e.ParkedAt)},
			{"error", indented(t.Error)},
			{"where", indented(t.Stack)},
			{"can't be shown", t.Unread},
		} {
			if line.value != "" {
				fmt.Fprintf(&text, "  %-14s%s\n", line.name, line.value)
			}
		}
		if len(t.Data) > 0 {
			fmt.Fprintf(&text, "  %-14s%s\n", "data", shown.Event{Data: t.Data}.Indented("  "))
		}
	}
	_, err := io.WriteString(w, text.String())
	return err
}

// indented puts the lines behind the first under it.
func indented(text string) string {
	return strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n"+strings.Repeat(" ", 16))
}
