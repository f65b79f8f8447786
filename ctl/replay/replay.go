package replay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"tiffin/ctl/connect"
	"tiffin/ctl/events"
	"tiffin/ctl/progress"
	"tiffin/platform/fault"
)

// replaying is what the command was told.
type replaying struct {
	events.Choice
	execute   bool
	patience  time.Duration
	asJSON    bool
	out, told io.Writer
}

// New returns `replay`; asJSON is the root's flag.
func New(c connect.Connector, asJSON *bool) *cobra.Command {
	r := replaying{}
	cmd := &cobra.Command{
		Use: "replay <consumer>", Short: "Have one consumer take events of the log into account once more", Args: cobra.ExactArgs(1),
		Long: `Have one consumer take events of the log into account once more, and no other.

A view makes the documents anew that the events concern, from all events that concern them, in order, while it serves. An event
by itself is never applied twice. A replica forgets the aggregates of the events and reads them again, on every instance: the
first answers, and one that is cut off does it when it is back. Neither sends anything to anybody. Processes and gateways do, so
they are refused: what they have parked is for "faults resubmit".

It is a dry run, which says what would be made anew and changes nothing, unless --execute is given.`,
		Example: "  tiffinctl replay view.customer.orders --aggregate 01M8GVTAZFY9C0NFK9P16JNTPH\n" +
			"  tiffinctl replay view.customer.orders --type kitchen.TicketAccepted --after 300 --until 500 --execute\n" +
			"  tiffinctl replay replica.ordering.menus --domain restaurant --execute",
		ValidArgsFunction: complete,
		RunE: func(cmd *cobra.Command, args []string) error {
			consumer, err := consumerOf(args[0])
			if err != nil {
				return err
			}
			if !r.Any() {
				return errors.New("choose events, by --aggregate, --domain, --type, --id, --after or --until: `views rebuild` is for all")
			}
			if r.patience <= 0 {
				return errors.New("--patience is more than nothing")
			}
			h, err := c.Hub(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer h.Close()
			r.asJSON, r.out, r.told = *asJSON, cmd.OutOrStdout(), cmd.ErrOrStderr()
			return r.run(cmd.Context(), h, consumer)
		},
	}
	r.Flags(cmd)
	cmd.Flags().BoolVar(&r.execute, "execute", false, "do it: without this, it is a dry run")
	cmd.Flags().DurationVar(&r.patience, "patience", time.Minute, "how long to wait without a sign from the consumer")
	return cmd
}

// Outcome is what came of it, as JSON tells it.
type Outcome struct {
	Consumer string `json:"consumer"`
	// DryRun: nothing was changed.
	DryRun bool `json:"dry_run"`
	// Events is how many were chosen.
	Events int `json:"events"`
	fault.Replayed
}

// errSilent: the consumer has said nothing for too long.
var errSilent = errors.New("no answer")

func (r *replaying) run(ctx context.Context, h *connect.Hub, c fault.Consumer) error {
	positions, err := r.Positions(ctx, h.Log, fault.MostReplayed)
	if err != nil {
		return err
	}
	if len(positions) == 0 {
		return errors.New("there are no such events")
	}
	store, err := h.Faults(ctx)
	if err != nil {
		return err
	}
	waiting, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	silence := time.AfterFunc(r.patience, func() { stop(errSilent) })
	defer silence.Stop()
	var bar *progress.Bar
	out, err := store.Replay(waiting, c, fault.Replay{Positions: positions, DryRun: !r.execute}, func(done, todo uint64) {
		silence.Reset(r.patience)
		if todo == 0 { // it is busy with another
			return
		}
		if bar == nil {
			bar = progress.Start(r.told, "reading the log", "events", todo)
		}
		bar.Reach(done)
	})
	if bar != nil {
		bar.Done()
	}
	switch {
	case ctx.Err() != nil && r.execute:
		return errors.New("interrupted: the consumer goes on with what it was asked for")
	case ctx.Err() != nil:
		return errors.New("interrupted")
	case errors.Is(context.Cause(waiting), errSilent) && r.execute:
		return fmt.Errorf("%s has said nothing for %s: a consumer that does not run does it when it does", nameOf(c), r.patience)
	case errors.Is(context.Cause(waiting), errSilent):
		return fmt.Errorf("%s has said nothing for %s: it may not run", nameOf(c), r.patience)
	case err != nil:
		return err
	case out.Error != "":
		return errors.New(out.Error)
	}
	return r.tell(Outcome{nameOf(c), !r.execute, len(positions), out})
}

func (r *replaying) tell(o Outcome) error {
	if r.asJSON {
		encoder := json.NewEncoder(r.out)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(o); err != nil {
			return err
		}
	} else {
		made := "would be made anew"
		if r.execute {
			made = "were made anew"
		}
		if _, err := fmt.Fprintf(r.out, "%s: %d of %d events concern it; %d %s %s\n",
			o.Consumer, o.Concern, o.Events, o.Keys-o.Behind, keysOf(o.Consumer), made); err != nil {
			return err
		}
	}
	switch {
	case o.Behind > 0:
		return fmt.Errorf("%d %s stand behind faults: `tiffinctl faults list --consumer %s` says why", o.Behind, keysOf(o.Consumer), o.Consumer)
	case o.DryRun:
		_, _ = fmt.Fprintln(r.told, "nothing was changed: --execute does it") // nobody reads it, then
	}
	return nil
}
