package lake

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"tiffin/ctl/connect"
	"tiffin/platform/lake/manifest"
)

func listCommand(c connect.Connector, asJSON *bool) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List what is in the lake", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			h, err := c.Hub(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer h.Close()
			list, err := h.Lake.Manifest.Now(cmd.Context())
			if err != nil {
				return err
			}
			if *asJSON {
				encoder := json.NewEncoder(cmd.OutOrStdout())
				encoder.SetIndent("", "  ")
				return encoder.Encode(append([]manifest.Export{}, list.Exports...))
			}
			return table(cmd.OutOrStdout(), h.Lake.Store.String(), list.Exports)
		},
	}
}

func table(w io.Writer, where string, exports []manifest.Export) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	lines := []string{"EXPORT\tPOSITIONS\tEVENTS\tSIZE\tSTATE\tFILE"}
	var events uint64
	var bytes int64
	for _, e := range exports {
		state := "in the lake"
		if !e.Purged {
			state = "in the hub, too"
		}
		for _, s := range e.Segments {
			events, bytes = events+s.Count, bytes+s.Bytes
			lines = append(lines, fmt.Sprintf("%d\t%d to %d\t%d\t%s\t%s\t%s", e.Number, s.First, s.Last, s.Count, megabytes(s.Bytes), state, s.Name))
		}
	}
	lines = append(lines, fmt.Sprintf("\t\t%d\t%s\t\t%s", events, megabytes(bytes), where))
	for _, line := range lines {
		if _, err := fmt.Fprintln(t, line); err != nil {
			return err
		}
	}
	return t.Flush()
}
