package city

import (
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/oklog/ulid/v2"
)

// Plan is the city with its ids.
type Plan struct {
	Started     time.Time
	Restaurants []Restaurant
	Couriers    []Courier
}

// NewPlan gives the city, with so many couriers, the ids that follow from the time of the first start: the same time, the same
// ids.
func NewPlan(started time.Time, bringing int) (Plan, error) { return Continue(started, bringing, nil) }

// Continue is NewPlan for a city of which some could not join in time: an id must be of the day that it joins on. Those, by
// their names, get ids of another time.
func Continue(started time.Time, bringing int, late map[string]time.Time) (Plan, error) {
	born := func(name string) time.Time {
		if at, ok := late[name]; ok {
			return at
		}
		return started
	}
	restaurants, err := Load()
	if err != nil {
		return Plan{}, err
	}
	for i := range restaurants {
		r := &restaurants[i]
		joins := born(r.Profile.GetName())
		if r.ID, err = id(joins, r.Profile.GetName()); err != nil {
			return Plan{}, err
		}
		for _, item := range r.Items {
			if item.ItemId, err = id(joins, r.Profile.GetName()+"\x00"+item.GetName()); err != nil {
				return Plan{}, err
			}
		}
	}
	riders, err := couriers(born, bringing)
	return Plan{Started: started, Restaurants: restaurants, Couriers: riders}, err
}

// id is a ULID of that time whose random part follows from the name.
func id(started time.Time, name string) (string, error) {
	var u ulid.ULID
	if err := u.SetTime(ulid.Timestamp(started)); err != nil {
		return "", fmt.Errorf("make the id of %q: %w", name, err)
	}
	hash := sha256.Sum256([]byte(name))
	if err := u.SetEntropy(hash[:10]); err != nil {
		return "", fmt.Errorf("make the id of %q: %w", name, err)
	}
	return u.String(), nil
}
