package city_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tiffin/deploy/local/city"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/geo"
	"tiffin/platform/hours"
	"tiffin/services/restaurant"
)

// started is within a week whose clock changes; the quarters of an hour below span it.
var started = time.Date(2026, time.October, 22, 0, 0, 0, 0, time.UTC)

func planned(t *testing.T) city.Plan {
	t.Helper()
	plan, err := city.NewPlan(started, 30)
	require.NoError(t, err)
	return plan
}

func TestTheRestaurantServiceTakesEveryRestaurantAndItem(t *testing.T) {
	for _, r := range planned(t).Restaurants {
		t.Run(r.Profile.GetName(), func(t *testing.T) {
			event, err := restaurant.Restaurant{}.Register(&restaurantv1.RegisterRestaurantRequest{
				RestaurantId: r.ID, Profile: r.Profile, Hours: r.Hours, DeliveryTerms: r.Terms, CurrencyCode: city.Currency,
			})
			require.NoError(t, err)
			state, err := restaurant.Evolve(restaurant.Restaurant{}, event)
			require.NoError(t, err)
			for _, item := range r.Items {
				_, err := state.PutMenuItem(&restaurantv1.PutMenuItemRequest{RestaurantId: r.ID, Item: item.MenuItem})
				assert.NoError(t, err, item.GetName())
			}
		})
	}
}

func TestTheCityIsWorthLookingAt(t *testing.T) {
	restaurants := planned(t).Restaurants
	assert.GreaterOrEqual(t, len(restaurants), 24)
	centre := &typev1.Location{Latitude: 52.5200, Longitude: 13.4050}
	ids, cuisines, soldOut := map[string]string{}, map[string]bool{}, 0
	for _, r := range restaurants {
		name := r.Profile.GetName()
		assert.Empty(t, ids[r.ID], "%s has the id of another", name)
		ids[r.ID] = name
		cuisines[r.Profile.GetCuisines()[0]] = true
		assert.Less(t, geo.Distance(centre, r.Profile.GetLocation()), 4500.0, "%s is far out", name)
		assert.True(t, r.Terms.GetRadiusMeters() >= 2500 && r.Terms.GetRadiusMeters() <= 6000, name)
		assert.LessOrEqual(t, r.Terms.GetFee().GetMinorUnits(), int64(399), name)
		assert.True(t, len(r.Items) >= 6 && len(r.Items) <= 10, "%s offers %d items", name, len(r.Items))
		sections := map[string]bool{}
		for _, item := range r.Items {
			sections[item.GetSection()] = true
			assert.Empty(t, ids[item.GetItemId()], "%s of %s has the id of another", item.GetName(), name)
			ids[item.GetItemId()] = item.GetName()
			assert.NotEmpty(t, item.GetImage(), item.GetName())
			assert.Positive(t, item.GetPrice().GetMinorUnits(), item.GetName())
			if item.SoldOut {
				soldOut++
			}
		}
		assert.True(t, len(sections) >= 2 && len(sections) <= 4, "%s has %d sections", name, len(sections))
	}
	assert.GreaterOrEqual(t, len(cuisines), 14)
	assert.Positive(t, soldOut)
}

func TestThereIsAlwaysAChoice(t *testing.T) {
	restaurants := planned(t).Restaurants
	for quarter := range 7 * 24 * 4 {
		at := started.Add(time.Duration(quarter) * 15 * time.Minute)
		open := 0
		for _, r := range restaurants {
			if hours.IsOpen(r.Hours, at) {
				open++
			}
		}
		assert.GreaterOrEqual(t, open, 8, "open at %v", at)
	}
}

func TestIDsFollowFromTheFirstStart(t *testing.T) {
	again, err := city.NewPlan(started, 30)
	require.NoError(t, err)
	later, err := city.NewPlan(started.Add(time.Second), 30)
	require.NoError(t, err)
	for i, r := range planned(t).Restaurants {
		assert.Equal(t, r.ID, again.Restaurants[i].ID)
		assert.NotEqual(t, r.ID, later.Restaurants[i].ID)
		for j, item := range r.Items {
			assert.Equal(t, item.GetItemId(), again.Restaurants[i].Items[j].GetItemId())
		}
	}
}

func TestAPlanNeedsATimeThatAULIDHolds(t *testing.T) {
	_, err := city.NewPlan(time.Date(12000, time.January, 1, 0, 0, 0, 0, time.UTC), 0)
	require.Error(t, err)
}

func TestNoTwoCouriersAreCalledTheSame(t *testing.T) {
	plan, err := city.NewPlan(started, city.MostCouriers())
	require.NoError(t, err)
	names, ids := map[string]bool{}, map[string]bool{}
	for _, c := range plan.Couriers {
		names[c.Name], ids[c.ID] = true, true
	}
	require.Len(t, names, city.MostCouriers())
	require.Len(t, ids, city.MostCouriers())
	_, err = city.NewPlan(started, city.MostCouriers()+1)
	require.Error(t, err)
}
