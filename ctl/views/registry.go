package views

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"google.golang.org/protobuf/proto"

	courierstate "tiffin/bff/courier/courier"
	courierdeliveries "tiffin/bff/courier/deliveries"
	"tiffin/bff/courier/pickups"
	customercouriers "tiffin/bff/customer/couriers"
	customermenu "tiffin/bff/customer/menu"
	customerorders "tiffin/bff/customer/orders"
	"tiffin/bff/customer/popularity"
	"tiffin/bff/customer/profile"
	"tiffin/bff/customer/restaurants"
	"tiffin/bff/restaurant/board"
	restaurantmenu "tiffin/bff/restaurant/menu"
	"tiffin/bff/restaurant/sales"
	"tiffin/bff/restaurant/tickets"
	"tiffin/platform/eventlog"
	"tiffin/platform/view"
)

// kept is a view that this build knows how to keep.
type kept struct {
	bff, name string
	version   int
	reads     []proto.Message
	build     func(*eventlog.Log, *mongo.Database, view.Options) (builder, error)
}

// builder is a view that runs.
type builder interface {
	Run(ctx context.Context) error
	Status() view.Status
}

func keeping[D any](bff string, s view.Spec[D]) kept {
	return kept{
		bff: bff, name: s.Name, version: s.Version, reads: s.Reads,
		build: func(log *eventlog.Log, db *mongo.Database, o view.Options) (builder, error) {
			o.BFF = bff
			return view.New(log, db, s, o)
		},
	}
}

// all are the views of all BFFs.
func all() []kept {
	return []kept{
		keeping("customer", restaurants.Spec()), keeping("customer", customermenu.Spec()), keeping("customer", popularity.Spec()),
		keeping("customer", customerorders.Spec()), keeping("customer", profile.Spec()), keeping("customer", customercouriers.Spec()),
		keeping("restaurant", board.Spec()), keeping("restaurant", tickets.Spec()), keeping("restaurant", restaurantmenu.Spec()),
		keeping("restaurant", sales.Spec()),
		keeping("courier", courierstate.Spec()), keeping("courier", courierdeliveries.Spec()), keeping("courier", pickups.Spec()),
	}
}

func (k kept) String() string { return k.bff + "." + k.name }

// named returns the views of those names, such as customer.orders; all of them where no name is given.
func named(names []string) ([]kept, error) {
	known := all()
	if len(names) == 0 {
		return known, nil
	}
	var found []kept
	for _, name := range names {
		i := slices.IndexFunc(known, func(k kept) bool { return k.String() == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no view %q: they are %s", name, strings.Join(Names(), ", "))
		}
		found = append(found, known[i])
	}
	return found, nil
}

// Version returns the version of a view, such as customer.orders, that this build knows.
func Version(name string) (int, error) {
	found, err := named([]string{name})
	if err != nil {
		return 0, err
	}
	return found[0].version, nil
}

// Names returns those of the views that this build knows, such as customer.orders.
func Names() []string {
	var names []string
	for _, k := range all() {
		names = append(names, k.String())
	}
	return names
}
