package faults

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"tiffin/ctl/connect"
	"tiffin/ctl/progress"
	"tiffin/platform/fault"
)

// Outcome is what came of a request, as JSON tells it.
type Outcome struct {
	Fault string `json:"fault"`
	// DryRun: nothing was changed.
	DryRun bool `json:"dry_run"`
	fault.Outcome
}

// resubmission is what the command was told.
type resubmission struct {
	selection
	all, execute bool
	perSecond    float64
	patience     time.Duration
	asJSON       *bool
	out, told    io.Writer
}

func resubmitCommand(c connect.Connector, asJSON *bool) *cobra.Command {
	r := resubmission{asJSON: asJSON}
	cmd := &cobra.Command{
		Use: "resubmit [fault]...", Short: "Have parked events processed again, in order",
		Long: "Have parked events processed again, in order: of the faults that are named, or chosen by flags. Only when the last of a\n" +
			"fault's events was processed does what follows flow again. The consumer does it, while it goes on with the log.\n\n" +
			"It is a dry run, which says what would come of it and changes nothing, unless --execute is given. The command fails where\n" +
			"something stays parked. It can be interrupted, and given again: it goes on with what is left.",
		Example: "  tiffinctl faults resubmit --consumer view.customer.orders\n" +
			"  tiffinctl faults resubmit --consumer view.customer.orders --execute\n" +
			"  tiffinctl faults resubmit --all --per-second 5 --execute",
		RunE: func(cmd *cobra.Command, args []string) error {
			r.ids, r.out, r.told = args, cmd.OutOrStdout(), cmd.ErrOrStderr()
			if err := r.validate(); err != nil {
				return err
			}
			return with(cmd.Context(), c, func(store *fault.Store) error { return r.run(cmd.Context(), store) })
		},
	}
	r.flags(cmd, c)
	cmd.Flags().BoolVar(&r.all, "all", false, "all that is parked")
	cmd.Flags().BoolVar(&r.execute, "execute", false, "do it: without this, it is a dry run")
	cmd.Flags().Float64Var(&r.perSecond, "per-second", 20, "how many faults are asked for in a second at most")
	cmd.Flags().DurationVar(&r.patience, "patience", time.Minute, "how long to wait without an answer from any consumer")
	return cmd
}

func (r resubmission) validate() error {
	chosen := len(r.ids) > 0 || r.consumer != "" || r.error != ""
	switch {
	case r.all && chosen:
		return errors.New("--all leaves nothing to choose")
	case !r.all && !chosen:
		return errors.New("name faults, choose them by --consumer or --error, or take --all")
	case r.perSecond <= 0 || r.patience <= 0:
		return errors.New("--per-second and --patience are more than nothing")
	}
	return nil
}

// errSilent: no consumer has answered for too long.
var errSilent = errors.New("no answer")

func (r resubmission) run(ctx context.Context, store *fault.Store) error {
	if _, err := r.list(ctx, store); err != nil {
		return err
	}
	q, err := r.query()
	if err != nil {
		return err
	}
	waiting, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	silence := time.AfterFunc(r.patience, func() { stop(errSilent) })
	defer silence.Stop()
	var found, answered, left int
	var bar *progress.Bar
	err = store.Resubmit(waiting, q, fault.Resubmission{
		DryRun: !r.execute, PerSecond: r.perSecond,
		Found: func(n int) {
			found, bar = n, progress.Start(r.told, "resubmitting", "faults", uint64(n))
		},
		Done: func(f fault.Fault, o fault.Outcome) {
			silence.Reset(r.patience)
			answered++
			if !o.Resolved {
				left++
			}
			bar.Clear()
			r.tell(f, o)
			bar.Reach(uint64(answered))
		},
	})
	if bar != nil {
		bar.Done()
	}
	if err != nil {
		return r.cutShort(ctx, waiting, err, found, answered)
	}
	return r.conclude(found, left)
}

// tell prints an outcome. Where nobody reads it, the work goes on all the same.
func (r resubmission) tell(f fault.Fault, o fault.Outcome) {
	if *r.asJSON {
		encoder := json.NewEncoder(r.out)
		encoder.SetEscapeHTML(false)
		_ = encoder.Encode(Outcome{f.ID, !r.execute, o})
		return
	}
	verb := "would be processed"
	if r.execute {
		verb = "processed"
	}
	line := fmt.Sprintf("%s: %d of %d %s", f.ID, o.Processed, max(f.Count, o.Processed), verb)
	switch {
	case o.Resolved && o.Processed == 0: // as a replica does when it starts with the fix
		line = f.ID + ": nothing is left to be processed"
	case o.At > 0:
		line += fmt.Sprintf("; %d still can't be: %s", o.At, brief(o.Error))
	case o.Error != "":
		line += "; then: " + brief(o.Error)
	}
	_, _ = fmt.Fprintln(r.out, line)
}

func (r resubmission) cutShort(ctx, waiting context.Context, err error, found, answered int) error {
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("interrupted after %d of %d faults: the same command goes on with what is left", answered, found)
	case errors.Is(context.Cause(waiting), errSilent):
		return fmt.Errorf("%d of %d faults were answered, then none for %s: a consumer that does not run answers when it does",
			answered, found, r.patience)
	}
	return err
}

func (r resubmission) conclude(found, left int) error {
	switch {
	case left > 0 && r.execute:
		return fmt.Errorf("%d of %d faults are still there", left, found)
	case left > 0:
		return fmt.Errorf("%d of %d faults would still be there; nothing was changed", left, found)
	case found == 0:
		_, _ = fmt.Fprintln(r.told, "nothing is parked")
	case !r.execute:
		_, _ = fmt.Fprintln(r.told, "nothing was changed: --execute does it")
	}
	return nil
}
