package replay

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tiffin/ctl/views"
	"tiffin/platform/fault"
)

// consumerOf returns the consumer of that name, such as view.customer.orders, unless it may not be asked to repeat anything.
func consumerOf(name string) (c fault.Consumer, err error) {
	kind, rest, _ := strings.Cut(name, ".")
	owner, called, _ := strings.Cut(rest, ".")
	c = fault.Consumer{Kind: kind, Owner: owner, Name: called, Version: 1}
	switch kind {
	case fault.View:
		c.Version, err = views.Version(rest)
		return c, err
	case fault.Replica:
		if c.Validate() != nil {
			return c, fmt.Errorf("%q is no replica: they read like replica.ordering.menus", name)
		}
		return c, nil
	case fault.Process:
		return c, fmt.Errorf("%s sends commands, so no event goes through it twice: what it has parked is for `tiffinctl faults resubmit`, "+
			"and what it has recorded it carries out by itself", name)
	case fault.Gateway:
		return c, fmt.Errorf("%s speaks to an outside system, so no event goes through it twice: what it has parked is for "+
			"`tiffinctl faults resubmit`, and what is open it asks about by itself", name)
	}
	return c, fmt.Errorf("%q is no consumer: they read like view.customer.orders or replica.ordering.menus", name)
}

func nameOf(c fault.Consumer) string { return strings.Join([]string{c.Kind, c.Owner, c.Name}, ".") }

// keysOf is what a consumer makes anew.
func keysOf(consumer string) string {
	if strings.HasPrefix(consumer, fault.Replica+".") {
		return "aggregates"
	}
	return "documents"
}

// replicas that there are. A name of another is taken, too: nobody but the services knows all.
var replicas = []string{"replica.dispatch.couriers", "replica.ordering.leavers", "replica.ordering.menus"}

func complete(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	all := slices.Clone(replicas)
	for _, name := range views.Names() {
		all = append(all, fault.View+"."+name)
	}
	return all, cobra.ShellCompDirectiveNoFileComp
}
