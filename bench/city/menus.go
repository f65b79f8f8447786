package city

import (
	"context"
	"errors"
	"sync"
	"time"

	"tiffin/bench/city/api"
)

// menuStays is how long somebody orders from a page that was loaded before.
const menuStays = 30 * time.Second

// menus are the restaurants that are open and what they offer, as customers have them on their screens.
type menus struct {
	client *api.Client

	mu    sync.Mutex
	open  []string
	asked time.Time
	read  map[string]loaded
}

type loaded struct {
	restaurant api.Restaurant
	at         time.Time
}

func newMenus(client *api.Client) *menus { return &menus{client: client, read: map[string]loaded{}} }

var errClosed = errors.New("nothing is open")

// any is one of those that are open.
func (m *menus) any(ctx context.Context, d dice) (api.Restaurant, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if time.Since(m.asked) > menuStays {
		var found struct {
			Restaurants []api.Summary `json:"restaurants"`
		}
		if err := m.client.Public(ctx, "/api/customer/v1/restaurants?open_only=true&page_size=100", &found); err != nil {
			return api.Restaurant{}, err
		}
		m.open, m.asked = nil, time.Now()
		for _, r := range found.Restaurants {
			m.open = append(m.open, r.ID)
		}
	}
	if len(m.open) == 0 {
		m.asked = time.Time{} // a view that begins anew may know of none yet
		return api.Restaurant{}, errClosed
	}
	id := pick(d, m.open)
	if l, known := m.read[id]; known && time.Since(l.at) < menuStays {
		return l.restaurant, nil
	}
	l := loaded{at: time.Now()}
	err := m.client.Public(ctx, "/api/customer/v1/restaurants/"+id, &l.restaurant)
	switch {
	case api.Code(err) != "": // a view that begins anew may know of it later than another
		m.asked = time.Time{}
		return l.restaurant, errClosed
	case err != nil:
		return l.restaurant, err
	}
	m.read[id] = l
	return l.restaurant, nil
}

// forget has a restaurant's page loaded anew: it was refused what that said.
func (m *menus) forget(restaurantID string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.read, restaurantID)
	m.asked = time.Time{}
}
