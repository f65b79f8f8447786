package views

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"

	"tiffin/ctl/connect"
	"tiffin/platform/eventlog"
	"tiffin/platform/view"
)

// State is how a view fares.
type State struct {
	View     string `json:"view"`
	Version  int    `json:"version"`
	Position uint64 `json:"position"`
	// Behind is how many events of its domains the log holds beyond its position.
	Behind    uint64 `json:"behind"`
	Documents int64  `json:"documents"`
	// Built: it was applied once. Applied: a process holds its lease, or ended without giving it back.
	Built   bool `json:"built"`
	Applied bool `json:"applied"`
}

func listCommand(c connect.Connector, asJSON *bool) *cobra.Command {
	return &cobra.Command{
		Use: "list [view]...", Short: "List the views, and how far each is", ValidArgsFunction: completeViews,
		Example: "  tiffinctl views list\n  tiffinctl views list customer.orders --json",
		RunE: func(cmd *cobra.Command, args []string) error {
			listed, err := named(args)
			if err != nil {
				return err
			}
			h, err := c.Hub(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer h.Close()
			database, leave, err := c.Database(cmd.Context())
			if err != nil {
				return err
			}
			defer leave()
			states := make([]State, 0, len(listed))
			for _, k := range listed {
				state, err := k.state(cmd.Context(), h.Log, database)
				if err != nil {
					return err
				}
				states = append(states, state)
			}
			if *asJSON {
				encoder := json.NewEncoder(cmd.OutOrStdout())
				encoder.SetIndent("", "  ")
				return encoder.Encode(states)
			}
			return table(cmd.OutOrStdout(), states)
		},
	}
}

func (k kept) state(ctx context.Context, log *eventlog.Log, database *mongo.Client) (State, error) {
	s := State{View: k.String(), Version: k.version}
	stored, err := view.ReadStored(ctx, database.Database(k.bff), k.name, k.version)
	if err != nil {
		return s, err
	}
	s.Position, s.Built, s.Applied = stored.Position, stored.Built, stored.Applied
	if s.Documents, err = stored.Documents.CountDocuments(ctx, bson.D{{Key: "_deleted", Value: false}}); err != nil {
		return s, fmt.Errorf("documents of %s: %w", s.View, err)
	}
	s.Behind, err = log.Behind(ctx, s.Position, k.reads...)
	return s, err
}

func table(w io.Writer, states []State) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	lines := []string{"VIEW\tVERSION\tPOSITION\tBEHIND\tDOCUMENTS\tSTATE"}
	for _, s := range states {
		lines = append(lines, fmt.Sprintf("%s\t%d\t%d\t%d\t%d\t%s", s.View, s.Version, s.Position, s.Behind, s.Documents, s.word()))
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(t, line); err != nil {
			return err
		}
	}
	return t.Flush()
}

func (s State) word() string {
	switch {
	case !s.Built:
		return "never applied"
	case !s.Applied:
		return "nobody applies it"
	case s.Behind > 0:
		return "applying"
	}
	return "caught up"
}
