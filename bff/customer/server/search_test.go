package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/position"
	"tiffin/platform/problem"
	"tiffin/platform/view"
)

func restaurantID(n int) string { return fmt.Sprintf("01ARZ3NDEKTSV4RRFFQ69G6R%02d", n) }

// tell tells both views of restaurants a fact about the nth.
func (h house) tell(t *testing.T, at uint64, n int, fact *restaurantv1.RestaurantEvent) {
	t.Helper()
	e := view.Event{Position: at, Domain: "restaurant", AggregateID: restaurantID(n), Time: noon, Data: fact}
	h.restaurants.Apply(t, e)
	h.menus.Apply(t, e)
}

// opened registers and opens the nth restaurant, some 111 m further north than the one before it, with one dish.
func (h house) opened(t *testing.T, n int, name, cuisine, dish string, closesMinute int32) {
	t.Helper()
	at := uint64(10 * n)
	h.tell(t, at+1, n, &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_RestaurantRegistered{
		RestaurantRegistered: &restaurantv1.RestaurantRegistered{
			Profile: &restaurantv1.Profile{
				Name: name, Cuisines: []string{cuisine},
				Location: &typev1.Location{Latitude: 52.5 + float64(n)/1000, Longitude: 13.4},
			},
			Hours: &typev1.OpeningHours{TimeZone: "UTC", Windows: []*typev1.OpeningWindow{
				{Weekday: typev1.Weekday_WEEKDAY_MONDAY, OpensMinute: 600, ClosesMinute: closesMinute},
			}},
			DeliveryTerms: &restaurantv1.DeliveryTerms{RadiusMeters: 3000, Fee: &typev1.Money{CurrencyCode: "EUR", MinorUnits: 250}},
			CurrencyCode:  "EUR",
		},
	}})
	h.tell(t, at+2, n, &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_MenuItemPut{MenuItemPut: &restaurantv1.MenuItemPut{
		Item: &typev1.MenuItem{ItemId: "dish", Section: "Mains", Name: dish, Price: &typev1.Money{CurrencyCode: "EUR", MinorUnits: 900}},
	}}})
	h.tell(t, at+3, n, &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_RestaurantOpened{
		RestaurantOpened: &restaurantv1.RestaurantOpened{},
	}})
}

// town has five restaurants: the third is closed at noon, the fourth paused, the fifth too far away.
func town(t *testing.T) house {
	h := open(t)
	h.opened(t, 1, "Café Köln", "indian", "Mango Lassi", 1080)
	h.opened(t, 2, "Dragon", "chinese", "Mapo Tofu", 1080)
	h.opened(t, 3, "Early Bird", "indian", "Idli", 660)
	h.opened(t, 4, "Four Seasons", "indian", "Dal", 1080)
	h.tell(t, 44, 4, &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_RestaurantPaused{
		RestaurantPaused: &restaurantv1.RestaurantPaused{Reason: "no gas"},
	}})
	h.opened(t, 90, "Far Away", "indian", "Mango Curry", 1080)
	return h
}

type found struct {
	Restaurants []struct {
		RestaurantID   string `json:"restaurant_id"`
		Name           string
		DistanceMeters *int `json:"distance_meters"`
		OpenNow        bool `json:"open_now"`
	}
	Cuisines []struct {
		Cuisine     string
		Restaurants int
	}
	TotalSize     int    `json:"total_size"`
	NextPageToken string `json:"next_page_token"`
}

func (f found) names() (names []string) {
	for _, r := range f.Restaurants {
		names = append(names, r.Name)
	}
	return names
}

const near = "latitude=52.5&longitude=13.4"

func TestSearchingForRestaurants(t *testing.T) {
	h := town(t)
	for name, c := range map[string]struct {
		query string
		want  []string
	}{
		"all, by name":          {"", []string{"Café Köln", "Dragon", "Early Bird", "Far Away", "Four Seasons"}},
		"near, nearest first":   {near, []string{"Café Köln", "Dragon", "Early Bird", "Four Seasons"}},
		"from the other side":   {"latitude=52.506&longitude=13.4", []string{"Four Seasons", "Early Bird", "Dragon", "Café Köln"}},
		"a name, folded":        {"query=KOLN", []string{"Café Köln"}},
		"a dish":                {"query=mango", []string{"Café Köln", "Far Away"}},
		"a dish near":           {near + "&query=mango", []string{"Café Köln"}},
		"all words must match":  {"query=mango+curry", []string{"Far Away"}},
		"a word's beginning":    {"query=drag", []string{"Dragon"}},
		"not a word's middle":   {"query=ragon", nil},
		"no pattern":            {"query=" + url.QueryEscape(".*"), []string{"Café Köln", "Dragon", "Early Bird", "Far Away", "Four Seasons"}},
		"a cuisine":             {near + "&cuisine=Indian", []string{"Café Köln", "Early Bird", "Four Seasons"}},
		"open now":              {near + "&open_only=true", []string{"Café Köln", "Dragon"}},
		"all of it":             {near + "&open_only=true&cuisine=indian&query=lassi", []string{"Café Köln"}},
		"where nobody delivers": {"latitude=0&longitude=0", nil},
	} {
		t.Run(name, func(t *testing.T) {
			answer := h.ask(t, http.MethodGet, "restaurants?"+c.query, "", "")
			require.Equal(t, 200, answer.StatusCode)
			require.Equal(t, position.Token{"restaurant": 903}.Encode(), answer.Header.Get("Tiffin-Position"))
			got := read[found](t, answer)
			require.Equal(t, c.want, got.names())
			require.Equal(t, len(c.want), got.TotalSize)
			require.Empty(t, got.NextPageToken)
		})
	}
	got := read[found](t, h.ask(t, http.MethodGet, "restaurants?cuisine=chinese&"+near, "", ""))
	require.Equal(t, 222, *got.Restaurants[0].DistanceMeters)
	require.Len(t, got.Cuisines, 2, "all cuisines, for the filter's sake")
	require.Equal(t, "indian", got.Cuisines[0].Cuisine)
	require.Equal(t, 3, got.Cuisines[0].Restaurants)
	require.Nil(t, read[found](t, h.ask(t, http.MethodGet, "restaurants", "", "")).Restaurants[0].DistanceMeters)
}

func TestSearchPagesHaveNoGapAndNoRepeat(t *testing.T) {
	h := town(t)
	for size := 1; size <= 5; size++ {
		var got []string
		token, pages := "", 0
		for {
			page := read[found](t, h.ask(t, http.MethodGet, fmt.Sprintf("restaurants?%s&page_size=%d&page_token=%s", near, size, token), "", ""))
			got = append(got, page.names()...)
			pages++
			require.LessOrEqual(t, pages, 4, "%v", got)
			require.Equal(t, 4, page.TotalSize)
			if token = page.NextPageToken; token == "" {
				break
			}
			require.Len(t, page.Restaurants, size)
		}
		require.Equal(t, []string{"Café Köln", "Dragon", "Early Bird", "Four Seasons"}, got)
		require.Equal(t, (4+size-1)/size, pages)
	}
	token := read[found](t, h.ask(t, http.MethodGet, "restaurants?page_size=1&"+near, "", "")).NextPageToken
	for name, query := range map[string]string{
		"page_token":                 "page_token=xx",
		"page_token, of another one": "query=dal&page_token=" + token,
		"page_size":                  "page_size=101",
		"latitude":                   "longitude=1",
		"longitude":                  "latitude=1",
		"latitude, too far north":    "latitude=90.1&longitude=1",
		"longitude, no number":       "latitude=1&longitude=NaN",
	} {
		t.Run("bad "+name, func(t *testing.T) {
			answer := h.ask(t, http.MethodGet, "restaurants?"+query, "", "")
			require.Equal(t, 400, answer.StatusCode)
			require.Equal(t, problem.ContentType, answer.Header.Get("Content-Type"))
			require.NotEmpty(t, read[problem.Document](t, answer).Violations)
		})
	}
}

func TestARestaurantWithItsMenu(t *testing.T) {
	h := town(t)
	type restaurant struct {
		Summary struct {
			Name           string
			OpenNow        bool   `json:"open_now"`
			ClosesAt       string `json:"closes_at"`
			PauseReason    string `json:"pause_reason"`
			DistanceMeters *int   `json:"distance_meters"`
		}
		DeliversHere *bool `json:"delivers_here"`
		Sections     []struct {
			Name  string
			Items []struct {
				Item    struct{ Name string }
				SoldOut bool `json:"sold_out"`
			}
		}
	}
	get := func(n int, query string) restaurant {
		answer := h.ask(t, http.MethodGet, "restaurants/"+restaurantID(n)+query, "", "")
		require.Equal(t, 200, answer.StatusCode)
		return read[restaurant](t, answer)
	}
	got := get(1, "")
	require.Equal(t, "Café Köln", got.Summary.Name)
	require.True(t, got.Summary.OpenNow)
	require.Equal(t, "2026-11-23T18:00:00Z", got.Summary.ClosesAt)
	require.Nil(t, got.Summary.DistanceMeters)
	require.Nil(t, got.DeliversHere)
	require.Equal(t, "Mains", got.Sections[0].Name)
	require.Equal(t, "Mango Lassi", got.Sections[0].Items[0].Item.Name)
	require.True(t, *get(1, "?"+near).DeliversHere)
	require.False(t, *get(90, "?"+near).DeliversHere)
	require.Equal(t, "no gas", get(4, "").Summary.PauseReason)

	h.tell(t, 1000, 1, &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_ItemSoldOut{
		ItemSoldOut: &restaurantv1.ItemSoldOut{ItemId: "dish"},
	}})
	require.True(t, get(1, "").Sections[0].Items[0].SoldOut)
	require.Equal(t, 400, h.ask(t, http.MethodGet, "restaurants/"+restaurantID(1)+"?latitude=91&longitude=0", "", "").StatusCode)
}
