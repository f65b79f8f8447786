package views

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"

	"tiffin/ctl/connect"
	"tiffin/platform/eventlog"
	"tiffin/platform/view"
)

// State is how a version of a view fares.
type State struct {
	View    string `json:"view"`
	Version int    `json:"version"`
	// Known: it is the version that this build knows.
	Known      bool   `json:"known"`
	Generation int    `json:"generation"`
	Position   uint64 `json:"position"`
	// Behind is how many events of its domains the log holds beyond its position.
	Behind    uint64 `json:"behind"`
	Documents int64  `json:"documents"`
	// Built: it was applied once. Applied: a process holds its lease, or ended without giving it back.
	Built   bool `json:"built"`
	Applied bool `json:"applied"`
	// Readers are how many replicas serve it.
	Readers int `json:"readers"`
	// Building is how far that is which is not served yet: the version itself, or its next generation.
	Building *Building `json:"building,omitempty"`
	// Kept are generations that can be gone back to.
	Kept []int `json:"kept,omitempty"`
}

// Building is how far a generation is that is not served yet.
type Building struct {
	Generation int    `json:"generation"`
	Done       uint64 `json:"done"`
	ToDo       uint64 `json:"to_do"`
	Stopped    bool   `json:"stopped,omitempty"`
}

func listCommand(c connect.Connector, asJSON *bool) *cobra.Command {
	return &cobra.Command{
		Use: "list [view]...", Short: "List the views, and how far each version of them is", ValidArgsFunction: completeViews,
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
				versions, err := k.states(cmd.Context(), h.Log, database)
				if err != nil {
					return err
				}
				states = append(states, versions...)
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

// states are those of all versions that the database has, and of the one that this build knows.
func (k kept) states(ctx context.Context, log *eventlog.Log, database *mongo.Client) ([]State, error) {
	there, err := view.ReadVersions(ctx, database.Database(k.bff), k.name)
	if err != nil {
		return nil, err
	}
	var out []State
	known := false
	for _, stored := range there {
		s, err := k.state(ctx, log, stored)
		if err != nil {
			return nil, err
		}
		out, known = append(out, s), known || s.Known
	}
	if !known {
		behind, err := log.Behind(ctx, 0, k.reads...)
		if err != nil {
			return nil, err
		}
		out = append(out, State{View: k.String(), Version: k.version, Known: true, Behind: behind})
	}
	return out, nil
}

func (k kept) state(ctx context.Context, log *eventlog.Log, stored view.Stored) (s State, err error) {
	s = State{
		View: k.String(), Version: stored.Version, Known: stored.Version == k.version, Generation: stored.Generation,
		Position: stored.Position, Built: stored.Built, Applied: stored.Applied, Readers: stored.Readers, Kept: stored.Kept,
	}
	if s.Documents, err = stored.Documents.CountDocuments(ctx, bson.D{{Key: "_deleted", Value: false}}); err != nil {
		return s, fmt.Errorf("documents of %s: %w", s.View, err)
	}
	if s.Behind, err = log.Behind(ctx, s.Position, k.reads...); err != nil {
		return s, err
	}
	if n := stored.Next; n != nil {
		s.Building, err = k.building(ctx, log, n.Generation, n.Position)
		if err == nil {
			s.Building.Stopped = n.Stopped
		}
	} else if s.Behind > 0 && !stored.CaughtUp {
		s.Building, err = k.building(ctx, log, stored.Generation, s.Position)
	}
	return s, err
}

func (k kept) building(ctx context.Context, log *eventlog.Log, generation int, position uint64) (*Building, error) {
	all, err := log.Behind(ctx, 0, k.reads...)
	if err != nil {
		return nil, err
	}
	left, err := log.Behind(ctx, position, k.reads...)
	return &Building{Generation: generation, Done: all - min(all, left), ToDo: left}, err
}

func table(w io.Writer, states []State) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	lines := []string{"VIEW\tVERSION\tGENERATION\tPOSITION\tBEHIND\tDOCUMENTS\tREADERS\tSTATE"}
	for _, s := range states {
		lines = append(lines, fmt.Sprintf("%s\t%d\t%d\t%d\t%d\t%d\t%d\t%s",
			s.View, s.Version, s.Generation, s.Position, s.Behind, s.Documents, s.Readers, s.word()))
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(t, line); err != nil {
			return err
		}
	}
	return t.Flush()
}

func (s State) word() string {
	if s.Building != nil {
		return s.Building.bar()
	}
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

const barWidth = 20

func (b Building) bar() string {
	all := max(b.Done+b.ToDo, 1)
	full := int(b.Done * barWidth / all)
	text := fmt.Sprintf("building generation %d [%s%s] %d %%", b.Generation,
		strings.Repeat("#", full), strings.Repeat("-", barWidth-full), b.Done*100/all)
	if b.Stopped {
		text += ", stopped"
	}
	return text
}
