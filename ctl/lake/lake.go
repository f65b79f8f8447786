package lake

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"tiffin/ctl/connect"
)

// New returns `lake` with its subcommands; asJSON is the root's flag.
func New(c connect.Connector, asJSON *bool) *cobra.Command {
	cmd := &cobra.Command{
		Use: "lake", Short: "Look after old events that have left the hub", Args: cobra.NoArgs, RunE: connect.Help,
		Long: "Look after old events that have left the hub. TIFFIN_LAKE_URL says where they are: file:///directory, or\n" +
			"s3://bucket/prefix?endpoint=https://host:port&region=name; by default the directory lake below TIFFIN_DATA_DIR.",
	}
	cmd.AddCommand(listCommand(c, asJSON), verifyCommand(c, asJSON), exportCommand(c, asJSON))
	return cmd
}

// tell prints what there is to tell, as JSON or as a line for people.
func tell(w io.Writer, asJSON bool, what any, line string, args ...any) error {
	if asJSON {
		encoder := json.NewEncoder(w)
		encoder.SetIndent("", "  ")
		return encoder.Encode(what)
	}
	_, err := fmt.Fprintf(w, line+"\n", args...)
	return err
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
