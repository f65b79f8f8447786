package views

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"
	"go.mongodb.org/mongo-driver/v2/mongo"

	"tiffin/ctl/connect"
	"tiffin/ctl/progress"
	"tiffin/platform/view"
)

// answerWithin bounds how long whoever applies a view may take to begin.
const answerWithin = 30 * time.Second

// rebuilding is what is asked of views, and by what means.
type rebuilding struct {
	hub              *connect.Hub
	database         *mongo.Client
	rebuilds         *view.Rebuilds
	told, out        io.Writer
	asJSON           bool
	execute          bool
	stop, back, wait bool
}

func rebuildCommand(c connect.Connector, asJSON *bool) *cobra.Command {
	r := rebuilding{}
	cmd := &cobra.Command{
		Use: "rebuild view...", Short: "Have views built anew from the log, beside what is served",
		Long: `Have views built anew from the log, beside what is served.

Whoever applies the view builds its next generation, into a collection of its own, and switches over when that has caught up;
readers notice nothing. What was served before is kept for a while, an hour as the system comes.

It can be stopped, and gone on with, and what is being built can be given up. Interrupting this command stops nothing.
Without --execute it is a dry run, which says what would be done.`,
		Example: "  tiffinctl views rebuild customer.orders\n  tiffinctl views rebuild customer.orders --execute\n" +
			"  tiffinctl views rebuild customer.orders --back --execute",
		Args: cobra.MinimumNArgs(1), ValidArgsFunction: completeViews,
		RunE: func(cmd *cobra.Command, args []string) error {
			chosen, err := named(args)
			if err != nil {
				return err
			}
			if r.hub, err = c.Hub(cmd.Context(), false); err != nil {
				return err
			}
			defer r.hub.Close()
			var leave func()
			if r.database, leave, err = c.Database(cmd.Context()); err != nil {
				return err
			}
			defer leave()
			if r.rebuilds, err = r.hub.Rebuilds(cmd.Context()); err != nil {
				return err
			}
			r.told, r.out, r.asJSON = cmd.ErrOrStderr(), cmd.OutOrStdout(), *asJSON
			for _, k := range chosen {
				if err := r.one(cmd.Context(), k); err != nil {
					return fmt.Errorf("%s: %w", k, err)
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&r.execute, "execute", false, "do it: without this, it is a dry run")
	cmd.Flags().BoolVar(&r.stop, "stop", false, "stop building; without --stop it goes on")
	cmd.Flags().BoolVar(&r.back, "back", false, "give up what is being built, or go back to what was served before the last rebuild")
	cmd.Flags().BoolVar(&r.wait, "wait", true, "wait until it is done")
	cmd.MarkFlagsMutuallyExclusive("stop", "back")
	return cmd
}

// Rebuilt is what came of asking a view.
type Rebuilt struct {
	View    string `json:"view"`
	Version int    `json:"version"`
	// DryRun: nothing was asked.
	DryRun bool `json:"dry_run"`
	// Generation that is served now, and Building what is being built; Events are how many that takes in all.
	Generation int    `json:"generation"`
	Building   int    `json:"building,omitempty"`
	Events     uint64 `json:"events"`
	// Text says it in words.
	Text string `json:"text"`
}

func (r rebuilding) action() view.Action {
	switch {
	case r.stop:
		return view.Stop
	case r.back:
		return view.Back
	}
	return view.Rebuild
}

// one does it to one view.
func (r rebuilding) one(ctx context.Context, k kept) error {
	before, err := r.stored(ctx, k)
	if err != nil {
		return err
	}
	if !before.Built {
		return errors.New("nobody has ever applied this version: `tiffinctl views prepare` builds it ahead of an upgrade")
	}
	events, err := r.hub.Log.Behind(ctx, 0, k.reads...)
	if err != nil {
		return err
	}
	report := Rebuilt{View: k.String(), Version: k.version, DryRun: !r.execute, Events: events}
	if !r.execute {
		report.Generation, report.Text = before.Generation, r.intent(before, events)+"; --execute does it"
		return r.report(report)
	}
	asking, done := context.WithTimeout(ctx, answerWithin)
	err = r.rebuilds.Ask(asking, k.bff, k.name, k.version, r.action())
	done()
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return fmt.Errorf("nobody has answered within %s; what was asked will be done when a process runs that applies it", answerWithin)
	}
	if err != nil {
		return err
	}
	after, err := r.stored(ctx, k)
	if err == nil && after.Next != nil && !after.Next.Stopped && r.wait {
		after, err = r.await(ctx, k, after.Next.Generation, events)
	}
	if err != nil {
		return err
	}
	report.Generation, report.Text = after.Generation, fmt.Sprintf("serves generation %d", after.Generation)
	if n := after.Next; n != nil {
		report.Building = n.Generation
		report.Text += fmt.Sprintf(", generation %d is being built", n.Generation)
		if n.Stopped {
			report.Text = fmt.Sprintf("serves generation %d, generation %d is stopped", after.Generation, n.Generation)
		}
	}
	return r.report(report)
}

func (r rebuilding) intent(s view.Stored, events uint64) string {
	switch {
	case r.stop && s.Next == nil:
		return "nothing is being built that could be stopped"
	case r.stop:
		return fmt.Sprintf("would stop building generation %d", s.Next.Generation)
	case r.back && s.Next != nil:
		return fmt.Sprintf("would give up generation %d, and go on serving %d", s.Next.Generation, s.Generation)
	case r.back && len(s.Kept) == 0:
		return "nothing is kept that could be gone back to"
	case r.back:
		return fmt.Sprintf("would bring generation %d up to date, and serve it instead of %d", s.Kept[len(s.Kept)-1], s.Generation)
	case s.Next != nil:
		return fmt.Sprintf("would go on building generation %d", s.Next.Generation)
	}
	return fmt.Sprintf("would build a generation from %d events beside %d, which is served, and switch over", events, s.Generation)
}

func (r rebuilding) stored(ctx context.Context, k kept) (view.Stored, error) {
	return view.ReadStored(ctx, r.database.Database(k.bff), k.name, k.version)
}

// await shows how far the generation is until it is served, or somebody stops it or gives it up.
func (r rebuilding) await(ctx context.Context, k kept, generation int, events uint64) (view.Stored, error) {
	bar := progress.Start(r.told, "rebuilding "+k.String(), "events", events)
	defer bar.Done()
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	for {
		s, err := r.stored(ctx, k)
		switch {
		case err != nil:
			return s, err
		case s.Next == nil && s.Generation != generation:
			return s, fmt.Errorf("generation %d was given up", generation)
		case s.Next == nil || s.Next.Stopped:
			return s, nil
		case s.Next.Position > 0:
			bar.Reach(events - min(events, s.Next.Pending))
		}
		select {
		case <-ctx.Done():
			return s, fmt.Errorf("%w; it goes on without this command: --stop stops it", ctx.Err())
		case <-tick.C:
		}
	}
}

func (r rebuilding) report(done Rebuilt) error {
	if r.asJSON {
		return json.NewEncoder(r.out).Encode(done)
	}
	_, err := fmt.Fprintf(r.out, "%-24s version %d  %s\n", done.View, done.Version, done.Text)
	return err
}
