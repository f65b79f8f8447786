package views

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/spf13/cobra"
	"go.mongodb.org/mongo-driver/v2/mongo"

	"tiffin/ctl/connect"
)

const (
	defaultPatience = 30 * time.Second
	defaultShow     = 10
)

// errDiffers is returned where a view is not what the log makes of it, or could not be seen to be.
var errDiffers = errors.New("not every view was seen to be what the log makes of it")

// verification is what is verified, and with what.
type verification struct {
	hub      *connect.Hub
	database *mongo.Client
	logger   *slog.Logger
	patience time.Duration
	told     io.Writer
}

func verifyCommand(c connect.Connector, asJSON *bool) *cobra.Command {
	v := verification{logger: c.Logger}
	var show int
	cmd := &cobra.Command{
		Use: "verify [view]...", Short: "Rebuild views from the log, in memory, and compare them document by document",
		Long: `Rebuild views from the log, in memory of this command's own, and compare each document with the one that is served.

Documents are compared at the same position, while both go on with the log. A document that is changed all the time may not
be met twice at one position; it is then told as not compared, and the command fails as it does for one that differs.
Order of fields is no difference. Personal data is compared as it is stored, sealed.`,
		Example:           "  tiffinctl views verify\n  tiffinctl views verify customer.orders restaurant.sales",
		ValidArgsFunction: completeViews,
		RunE: func(cmd *cobra.Command, args []string) error {
			chosen, err := named(args)
			if err != nil {
				return err
			}
			if v.hub, err = c.Hub(cmd.Context(), true); err != nil {
				return err
			}
			defer v.hub.Close()
			var leave func()
			if v.database, leave, err = c.Database(cmd.Context()); err != nil {
				return err
			}
			defer leave()
			v.told = cmd.ErrOrStderr()
			return v.all(cmd.Context(), chosen, reporter(cmd.OutOrStdout(), *asJSON, show))
		},
	}
	cmd.Flags().DurationVar(&v.patience, "patience", defaultPatience, "how long to try to meet documents that are being changed")
	cmd.Flags().IntVar(&show, "show", defaultShow, "how many documents that differ to print of each view")
	return cmd
}

func (v verification) all(ctx context.Context, chosen []kept, report func(Result) error) error {
	sound := true
	for _, k := range chosen {
		result, err := v.one(ctx, k)
		if err != nil {
			return fmt.Errorf("%s: %w", k, err)
		}
		sound = sound && result.Differ+result.NotCompared == 0
		if err := report(result); err != nil {
			return err
		}
	}
	if !sound {
		return errDiffers
	}
	return nil
}

// reporter prints what came of a view; as JSON one a line.
func reporter(w io.Writer, asJSON bool, show int) func(Result) error {
	if asJSON {
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		return func(r Result) error { return encoder.Encode(r.first(show)) }
	}
	return func(r Result) error {
		verdict := "right"
		switch {
		case r.Differ > 0:
			verdict = fmt.Sprintf("WRONG: %d differ", r.Differ)
		case r.NotCompared > 0:
			verdict = fmt.Sprintf("not sure: %d could not be compared", r.NotCompared)
		}
		_, err := fmt.Fprintf(w, "%-24s version %d  %8d documents at %d: %s\n", r.View, r.Version, r.Documents, r.Position, verdict)
		for _, d := range r.first(show).Differences {
			if err == nil {
				_, err = fmt.Fprintf(w, "  %s: %s\n", d.ID, d.What)
			}
			for _, f := range d.Fields {
				if err == nil {
					_, err = fmt.Fprintf(w, "    %s\n      served   %s\n      rebuilt  %s\n", f.Path, f.Served, f.Rebuilt)
				}
			}
		}
		return err
	}
}
