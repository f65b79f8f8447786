package faults

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"tiffin/ctl/connect"
	"tiffin/ctl/shown"
	"tiffin/platform/fault"
)

// Fault is a fault as JSON tells it.
type Fault struct {
	Fault    string `json:"fault"`
	Consumer string `json:"consumer"`
	Version  int    `json:"version"`
	// KeyKind says what Key is: a document, a subject of the log, a process (instance) or a message from outside.
	KeyKind string `json:"key_kind"`
	Key     string `json:"key"`
	// Events is how many are parked, First and Last the positions of the outermost.
	Events   int    `json:"events"`
	First    uint64 `json:"first"`
	Last     uint64 `json:"last"`
	ParkedAt string `json:"parked_at"`
	Error    string `json:"error"`
}

func told(f fault.Fault) Fault {
	return Fault{
		Fault: f.ID, Consumer: consumerOf(f.First.Consumer), Version: f.First.Consumer.Version,
		KeyKind: f.First.Key.Kind, Key: f.First.Key.ID, Events: f.Count, First: f.First.Event.Position, Last: f.Last,
		ParkedAt: f.First.ParkedAt.UTC().Format(time.RFC3339Nano), Error: f.First.Error,
	}
}

func listCommand(c connect.Connector, asJSON *bool) *cobra.Command {
	var s selection
	cmd := &cobra.Command{
		Use: "list [fault]...", Short: "List what is parked",
		Example: "  tiffinctl faults list\n  tiffinctl faults list --consumer view.customer\n  tiffinctl faults list --error \"panic\" --json",
		RunE: func(cmd *cobra.Command, args []string) error {
			s.ids = args
			return with(cmd.Context(), c, func(store *fault.Store) error {
				found, err := s.list(cmd.Context(), store)
				if err != nil {
					return err
				}
				if !*asJSON {
					return table(cmd.OutOrStdout(), found)
				}
				all := make([]Fault, 0, len(found))
				for _, f := range found {
					all = append(all, told(f))
				}
				encoder := json.NewEncoder(cmd.OutOrStdout())
				encoder.SetEscapeHTML(false)
				encoder.SetIndent("", "  ")
				return encoder.Encode(all)
			})
		},
	}
	s.flags(cmd, c)
	return cmd
}

func table(w io.Writer, faults []fault.Fault) error {
	if len(faults) == 0 {
		_, err := fmt.Fprintln(w, "nothing is parked")
		return err
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	lines := []string{"FAULT\tEVENTS\tFIRST\tLAST\tSINCE\tERROR"}
	for _, f := range faults {
		lines = append(lines, fmt.Sprintf("%s\t%d\t%d\t%d\t%s\t%s",
			f.ID, f.Count, f.First.Event.Position, f.Last, shown.Moment(f.First.ParkedAt), brief(f.First.Error)))
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(t, line); err != nil {
			return err
		}
	}
	return t.Flush()
}

// longest is how much of an error stands in a line.
const longest = 100

// brief is an error in a line. Lines and tabs of its own would break the table.
func brief(text string) string {
	line := []rune(strings.Join(strings.Fields(text), " "))
	if len(line) > longest {
		return string(line[:longest]) + " …"
	}
	return string(line)
}
