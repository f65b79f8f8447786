package faults

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tiffin/ctl/connect"
	_ "tiffin/ctl/facts" // the events of all domains, so that each can be shown
	"tiffin/platform/fault"
)

// New returns `faults` with its subcommands; asJSON is the root's flag.
func New(c connect.Connector, asJSON *bool) *cobra.Command {
	cmd := &cobra.Command{
		Use: "faults", Short: "Look at what could not be processed, and have it tried again", Args: cobra.NoArgs, RunE: connect.Help,
		Long: "A fault is an event that a consumer of the log could not process, parked with all that follows it for the same key.",
	}
	cmd.AddCommand(listCommand(c, asJSON), showCommand(c, asJSON), resubmitCommand(c, asJSON))
	return cmd
}

// selection is which faults are wanted; its zero value: all.
type selection struct {
	ids      []string
	consumer string
	error    string
}

// flags adds those by which faults are chosen, and completes them from what is parked.
func (s *selection) flags(cmd *cobra.Command, c connect.Connector) {
	cmd.Flags().StringVar(&s.consumer, "consumer", "", "only faults of this consumer, such as view.customer.orders, or of all below view.customer")
	cmd.Flags().StringVar(&s.error, "error", "", "only faults whose error contains this text")
	cmd.ValidArgsFunction = func(cmd *cobra.Command, _ []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return parked(cmd.Context(), c, func(f fault.Fault) string { return f.ID }), cobra.ShellCompDirectiveNoFileComp
	}
	// It fails only for a flag that is not there.
	_ = cmd.RegisterFlagCompletionFunc("consumer", func(cmd *cobra.Command, _ []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return parked(cmd.Context(), c, func(f fault.Fault) string { return consumerOf(f.First.Consumer) }), cobra.ShellCompDirectiveNoFileComp
	})
}

func consumerOf(c fault.Consumer) string { return c.Kind + "." + c.Owner + "." + c.Name }

// completeWithin bounds how long somebody waits who has pressed a key.
const completeWithin = 2 * time.Second

// parked returns the names that faults have, each once; none where they can't be asked for.
func parked(ctx context.Context, c connect.Connector, name func(fault.Fault) string) []string {
	ctx, cancel := context.WithTimeout(ctx, completeWithin)
	defer cancel()
	names := map[string]bool{}
	err := with(ctx, c, func(s *fault.Store) error {
		faults, err := s.List(ctx, fault.Query{}, "", 0)
		for _, f := range faults {
			names[name(f)] = true
		}
		return err
	})
	if err != nil { // a shell has nowhere to say so
		return nil
	}
	return slices.Sorted(maps.Keys(names))
}

// query is the selection for the store.
func (s selection) query() (fault.Query, error) {
	q := fault.Query{IDs: s.ids, Error: s.error}
	if s.consumer == "" {
		return q, nil
	}
	part := strings.Split(s.consumer, ".")
	kinds := []string{fault.View, fault.Process, fault.Replica, fault.Gateway}
	if !slices.Contains(kinds, part[0]) {
		return q, fmt.Errorf("--consumer %q: it begins with one of %s", s.consumer, strings.Join(kinds, ", "))
	}
	for i, to := range []*string{&q.Kind, &q.Owner, &q.Name} {
		if i < len(part) {
			*to = part[i]
		}
	}
	const parts = 3
	if err := (fault.Consumer{Kind: q.Kind, Owner: or(q.Owner), Name: or(q.Name)}).Validate(); err != nil || len(part) > parts {
		return q, fmt.Errorf("--consumer %q: a consumer reads like view.customer.orders", s.consumer)
	}
	return q, nil
}

// or stands in for a part that is left out.
func or(part string) string {
	if part == "" {
		return "any"
	}
	return part
}

// list returns the faults that are wanted. One that is asked for by its id, and isn't there, is an error.
func (s selection) list(ctx context.Context, store *fault.Store) ([]fault.Fault, error) {
	q, err := s.query()
	if err != nil {
		return nil, err
	}
	found, err := store.List(ctx, q, "", 0)
	if err != nil {
		return nil, err
	}
	for _, id := range s.ids {
		if !slices.ContainsFunc(found, func(f fault.Fault) bool { return f.ID == id }) {
			return nil, fmt.Errorf("nothing is parked under %q: it was processed, or never was a fault", id)
		}
	}
	return found, nil
}

// with calls do with what is parked.
func with(ctx context.Context, c connect.Connector, do func(*fault.Store) error) error {
	h, err := c.Hub(ctx, false)
	if err != nil {
		return err
	}
	defer h.Close()
	s, err := h.Faults(ctx)
	if err != nil {
		return err
	}
	return do(s)
}
