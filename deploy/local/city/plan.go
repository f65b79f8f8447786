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
func NewPlan(started time.Time, bringing int) (Plan, error) {
	restaurants, err := Load()
	if err != nil {
		return Plan{}, err
	}
	for i := range restaurants {
		r := &restaurants[i]
		if r.ID, err = id(started, r.Profile.GetName()); err != nil {
			return Plan{}, err
		}
		for _, item := range r.Items {
			if item.ItemId, err = id(started, r.Profile.GetName()+"\x00"+item.GetName()); err != nil {
				return Plan{}, err
			}
		}
	}
	riders, err := couriers(started, bringing)
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
