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
	"tiffin/ctl/progress"
	"tiffin/platform/view"
)

// preparation is what is built ahead, and by what means.
type preparation struct {
	hub       *connect.Hub
	database  *mongo.Client
	logger    *slog.Logger
	told, out io.Writer
	asJSON    bool
	execute   bool
}

func prepareCommand(c connect.Connector, asJSON *bool) *cobra.Command {
	p := preparation{logger: c.Logger}
	cmd := &cobra.Command{
		Use: "prepare [view]...", Short: "Build the versions that this build knows ahead of an upgrade to it",
		Long: `Build the versions that this build knows ahead of an upgrade to it, in the database of the system that runs.

An upgraded process is not ready before its versions of the views have caught up. Where there is only one process, nobody is
served meanwhile, unless they were built before it is stopped: by the tiffinctl of the new release, with this command.

What it builds is kept for as long as anything that nobody reads, an hour as the system comes. It may be interrupted, and goes on
where it was. Without --execute it is a dry run, which says what would be built.`,
		Example:           "  tiffinctl views prepare\n  tiffinctl views prepare --execute",
		ValidArgsFunction: completeViews,
		RunE: func(cmd *cobra.Command, args []string) error {
			chosen, err := named(args)
			if err != nil {
				return err
			}
			if p.hub, err = c.Hub(cmd.Context(), true); err != nil {
				return err
			}
			defer p.hub.Close()
			var leave func()
			if p.database, leave, err = c.Database(cmd.Context()); err != nil {
				return err
			}
			defer leave()
			p.told, p.out, p.asJSON = cmd.ErrOrStderr(), cmd.OutOrStdout(), *asJSON
			for _, k := range chosen {
				if err := p.one(cmd.Context(), k); err != nil {
					return fmt.Errorf("%s: %w", k, err)
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&p.execute, "execute", false, "do it: without this, it is a dry run")
	return cmd
}

// Prepared is what came of preparing a view.
type Prepared struct {
	View    string `json:"view"`
	Version int    `json:"version"`
	DryRun  bool   `json:"dry_run"`
	// Behind is how many events were still to be applied when it began, of Events in all.
	Behind uint64 `json:"behind"`
	Events uint64 `json:"events"`
	// Text says it in words.
	Text string `json:"text"`
}

func (p preparation) one(ctx context.Context, k kept) error {
	db := p.database.Database(k.bff)
	stored, err := view.ReadStored(ctx, db, k.name, k.version)
	if err != nil {
		return err
	}
	out := Prepared{View: k.String(), Version: k.version, DryRun: !p.execute}
	if out.Events, err = p.hub.Log.Behind(ctx, 0, k.reads...); err != nil {
		return err
	}
	if out.Behind, err = p.hub.Log.Behind(ctx, stored.Position, k.reads...); err != nil {
		return err
	}
	switch {
	case stored.Readers > 0:
		out.Text = "is served already"
	case !p.execute:
		out.Text = fmt.Sprintf("would apply %d of %d events; --execute does it", out.Behind, out.Events)
	default:
		if err := p.build(ctx, k, db, out.Events); err != nil {
			return err
		}
		out.Text = "is prepared"
	}
	if p.asJSON {
		return json.NewEncoder(p.out).Encode(out)
	}
	_, err = fmt.Fprintf(p.out, "%-24s version %d  %s\n", out.View, out.Version, out.Text)
	return err
}

// build keeps the view until it has caught up once.
func (p preparation) build(ctx context.Context, k kept, db *mongo.Database, events uint64) error {
	building, err := k.build(p.hub.Log, db, view.Options{Keys: p.hub.Keys, Logger: p.logger})
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- building.Run(ctx) }()
	bar := progress.Start(p.told, "preparing "+k.String(), "events", events)
	defer bar.Done()
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	err = func() error {
		for {
			s := building.Status()
			switch {
			case s.Blocked != "":
				return fmt.Errorf("%s; the new release can park it and go on from there", s.Blocked)
			case s.CaughtUp:
				return nil
			case s.Position > 0:
				bar.Reach(events - min(events, s.Lag))
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case err := <-ended:
				ended <- err
				return err
			case <-tick.C:
			}
		}
	}()
	stop()
	if failed := <-ended; !errors.Is(failed, context.Canceled) {
		err = errors.Join(err, failed)
	}
	return err
}
