package menus

import (
	"context"
	"errors"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/problem"
	"tiffin/platform/replica"
	"tiffin/services/ordering"
)

// Menus is safe for concurrent use.
type Menus struct {
	replica *replica.Replica[ordering.Menu]
}

// New returns menus that know nothing until Run has followed the log.
func New(log *eventlog.Log, faults *fault.Store) *Menus {
	return &Menus{replica.New(log, replica.Spec[ordering.Menu]{
		Owner: "ordering", Name: "menus", Domain: &restaurantv1.RestaurantEvent{}, Fold: fold,
	}, replica.Options{Faults: faults})}
}

// Run follows the log, from its start or from where an earlier Run ended, until ctx ends; then it returns nil.
func (m *Menus) Run(ctx context.Context) error {
	err := m.replica.Run(ctx)
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// Ready reports whether the replica has caught up once.
func (m *Menus) Ready() bool { return m.replica.Ready() }

// Position is how far into the log the replica has come.
func (m *Menus) Position() uint64 { return m.replica.Position() }

// Of returns the menu of a restaurant, the zero value for one that nobody has heard of. It returns problem.Unavailable
// before the replica is ready, and for a restaurant that stands behind a fault.
func (m *Menus) Of(restaurantID string) (ordering.Menu, error) {
	menu, err := m.replica.Of(restaurantID)
	switch {
	case errors.Is(err, replica.ErrNotReady):
		return menu, problem.New(problem.Unavailable, "MENUS_NOT_READY", "menus are still being read; please repeat in a moment")
	case err != nil:
		return menu, problem.New(problem.Unavailable, "MENU_UNREADABLE", "this restaurant's menu can't be read at the moment")
	}
	return menu, nil
}

func fold(m ordering.Menu, e eventlog.Event) (ordering.Menu, error) {
	data, _ := e.Data.(*restaurantv1.RestaurantEvent) // any other is nil, which After refuses as unknown
	return m.After(data, e.Position)
}
