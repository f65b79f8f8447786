package menus

import (
	"context"
	"log/slog"
	"sync"

	"google.golang.org/protobuf/proto"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/problem"
	"tiffin/services/ordering"
)

// Menus is safe for concurrent use.
type Menus struct {
	log *eventlog.Log

	mu         sync.RWMutex
	restaurant map[string]ordering.Menu
	// broken are restaurants with an event that could not be processed: what follows it can't be trusted.
	broken   map[string]bool
	position uint64
	ready    bool
}

// New returns menus that know nothing until Run has followed the log.
func New(log *eventlog.Log) *Menus {
	return &Menus{log: log, restaurant: map[string]ordering.Menu{}, broken: map[string]bool{}}
}

// Run follows the log, from its start or from where an earlier Run ended, until ctx ends; then it returns nil.
func (m *Menus) Run(ctx context.Context) error {
	err := m.log.Follow(ctx, eventlog.FollowOptions{
		After: m.Position(), Domains: []proto.Message{&restaurantv1.RestaurantEvent{}},
	}, m.apply)
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// Ready reports whether the replica has caught up once.
func (m *Menus) Ready() bool {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.ready
}

// Position is how far into the log the replica has come.
func (m *Menus) Position() uint64 {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.position
}

// Of returns the menu of a restaurant, the zero value for one that nobody has heard of. It returns problem.Unavailable
// before the replica is ready, and for a restaurant of which an event could not be processed.
func (m *Menus) Of(restaurantID string) (ordering.Menu, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if !m.ready {
		return ordering.Menu{}, problem.New(problem.Unavailable, "MENUS_NOT_READY", "menus are still being read; please repeat in a moment")
	}
	if m.broken[restaurantID] {
		return ordering.Menu{}, problem.New(problem.Unavailable, "MENU_UNREADABLE", "this restaurant's menu can't be read at the moment")
	}
	return m.restaurant[restaurantID], nil
}

func (m *Menus) apply(ctx context.Context, b eventlog.Batch) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, e := range b.Events {
		if err := m.fold(e); err != nil {
			m.broken[e.AggregateID] = true
			slog.ErrorContext(ctx, "a restaurant's event can't be processed: it takes no orders", "restaurant", e.AggregateID,
				"position", e.Position, "type", e.Type, "error", err)
		}
		m.position = e.Position
	}
	m.ready = m.ready || b.Pending == 0
	return nil
}

func (m *Menus) fold(e eventlog.Event) error {
	if e.Err != nil {
		return e.Err
	}
	data, _ := e.Data.(*restaurantv1.RestaurantEvent) // any other is nil, which After refuses as unknown
	menu, err := m.restaurant[e.AggregateID].After(data, e.Position)
	if err != nil {
		return err
	}
	m.restaurant[e.AggregateID] = menu
	return nil
}
