package city

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tiffin/bench/city/api"
	"tiffin/bench/city/streets"
	"tiffin/platform/geo"
)

var noon = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

// trattoria is a restaurant of three dishes, one of them sold out, one with a choice.
func trattoria() api.Restaurant {
	eur := func(minor int64) api.Money { return api.Money{Currency: "EUR", Minor: minor} }
	pizza := api.MenuItem{ID: "pizza", Price: eur(900), Groups: []api.Group{{Min: 1, Max: 2}}}
	for _, o := range []struct {
		id    string
		costs int64
	}{{"small", 0}, {"large", 300}, {"olives", 100}} {
		pizza.Groups[0].Options = append(pizza.Groups[0].Options, struct {
			ID         string `json:"option_id"`
			Difference int64  `json:"price_difference,string"`
		}{o.id, o.costs})
	}
	r := api.Restaurant{Radius: 4000, Summary: api.Summary{
		ID: "trattoria", Location: middle, DeliveryFee: eur(250), MinimumOrder: eur(2000), OpenNow: true,
	}}
	r.Sections = append(r.Sections, struct {
		Items []api.OfferedItem `json:"items"`
	}{[]api.OfferedItem{{Item: pizza}, {Item: api.MenuItem{ID: "soup", Price: eur(500)}}, {Item: api.MenuItem{ID: "gone", Price: eur(1)}, SoldOut: true}}})
	return r
}

// price is what the house would say that a basket costs.
func price(t *rapid.T, b api.Basket) int64 {
	sum := int64(0)
	for _, i := range b.Items {
		each := map[string]int64{"pizza": 900, "soup": 500}[i.ItemID]
		require.Positive(t, each, i.ItemID)
		if i.ItemID == "pizza" {
			require.Contains(t, []int{1, 2}, len(i.OptionIDs))
		}
		for _, o := range i.OptionIDs {
			each += map[string]int64{"large": 300, "olives": 100}[o]
		}
		sum += each * i.Quantity
	}
	return sum
}

func TestABasketIsOneThatTheHouseTakes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := trattoria()
		b, ok := fill(r, newDice(rapid.Uint64().Draw(t, "seed"), "order"), Rough(1), noon)
		require.True(t, ok)
		food := price(t, b)
		require.GreaterOrEqual(t, food, int64(2000))
		tip := int64(0)
		if b.Tip != nil {
			tip = b.Tip.Minor
		}
		require.Equal(t, food+250+tip, b.Expected.Minor)
		require.Less(t, geo.Distance(b.Address, r.Summary.Location), 1600.0)
		require.Len(t, b.OrderID, 26)
	})
}

func TestNobodyOrdersWhereNothingIsOffered(t *testing.T) {
	r := trattoria()
	r.Sections = nil
	_, ok := fill(r, newDice(1), Gentle(), noon)
	require.False(t, ok)
}

func TestTheSameSeedMakesTheSameChoices(t *testing.T) {
	first, _ := fill(trattoria(), newDice(7, "order", 1), Rough(1), noon)
	again, _ := fill(trattoria(), newDice(7, "order", 1), Rough(1), noon.Add(time.Hour))
	require.NotEqual(t, first.OrderID, again.OrderID, "an id has its time in it")
	require.Equal(t, lot(first.OrderID), lot(again.OrderID))
	again.OrderID = first.OrderID
	require.Equal(t, first, again)
	k := &kitchen{City: &City{o: Options{Seed: 7, Habits: Rough(1)}}}
	plan := k.plan(first.OrderID)
	require.Equal(t, plan, k.plan(first.OrderID))
	other, _ := fill(trattoria(), newDice(8, "order", 1), Rough(1), noon)
	require.NotEqual(t, lot(first.OrderID), lot(other.OrderID))
}

func TestEverythingThatCanGoWrongDoesNowAndThen(t *testing.T) {
	c := &City{o: Options{Seed: 1, Habits: Rough(1)}}
	k, r := &kitchen{City: c}, &courier{City: c, who: &api.Person{Persona: api.Persona{ID: "c"}}}
	seen := map[string]int{}
	for n := range 3000 {
		b, _ := fill(trattoria(), newDice(1, "order", n), c.o.Habits, noon)
		p, t := k.plan(b.OrderID), r.trip(b.OrderID)
		for what, does := range map[string]bool{
			"card": b.PaymentToken != "", "silent": p.silent, "rejects": p.rejects, "sold out": p.soldOut, "forgets": p.forgets, "delays": p.delay,
			"gives back": t.givesBack, "vanishes": t.vanishes, "fails": t.fails, "loses": t.loses,
		} {
			if does {
				seen[what]++
			}
		}
	}
	require.Len(t, seen, 10, "%v", seen)
}

func TestSomebodyWhosePlaceIsTakenIsNotPlayed(t *testing.T) {
	p := newPresence()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	playing := make(chan bool)
	ended := make(chan error, 1)
	go func() {
		ended <- p.play(ctx, "chef", func(ctx context.Context) error {
			playing <- true
			<-ctx.Done()
			playing <- false
			return ctx.Err()
		})
	}()
	require.True(t, <-playing)
	p.taken.put(map[string]bool{"chef": true})
	require.False(t, <-playing, "a person has come")
	require.True(t, p.has("chef"))
	p.taken.put(map[string]bool{"somebody else": true})
	require.True(t, <-playing, "and has left")
	cancel()
	require.False(t, <-playing)
	require.ErrorIs(t, <-ended, context.Canceled)
}

func TestWhoIsTakenIsAsked(t *testing.T) {
	var taken atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		body := `{"personas":[{"persona_id":"chef"}]}`
		if taken.Load() {
			body = `{"personas":[{"persona_id":"chef","taken":true}]}`
		}
		_, _ = w.Write([]byte(body))
	}))
	defer server.Close()
	client := api.New(server.URL)
	defer client.Close()
	p := newPresence()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	taken.Store(true)
	go func() { done <- p.follow(ctx, client) }()
	_, err := p.taken.await(t.Context(), func(now map[string]bool) bool { return now["chef"] })
	require.NoError(t, err)
	cancel()
	require.ErrorIs(t, <-done, context.Canceled)
}

func TestAPanicIsAnError(t *testing.T) {
	g, ctx := newCrowd(t.Context())
	g.Go(func() error { panic("oh") })
	g.Go(func() error { <-ctx.Done(); return ctx.Err() })
	require.ErrorContains(t, g.Wait(), "panic: oh")
}

func TestTheLatestIsWaitedFor(t *testing.T) {
	l := newLatest[int]()
	ctx, cancel := context.WithCancel(t.Context())
	held, release := l.while(ctx, func(n int) bool { return n < 2 })
	defer release()
	l.put(1)
	require.NoError(t, held.Err())
	l.put(2)
	<-held.Done()
	got, err := l.await(ctx, func(n int) bool { return n == 2 })
	require.NoError(t, err)
	require.Equal(t, 2, got)
	cancel()
	_, err = l.await(ctx, func(n int) bool { return n == 3 })
	require.ErrorIs(t, err, context.Canceled)
}

func TestACourierRidesAtItsSpeedAndTellsWhere(t *testing.T) {
	var told atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut {
			told.Add(1)
		}
		_, _ = w.Write([]byte(`{"access_token":"t"}`))
	}))
	defer server.Close()
	city := &City{o: Options{Factor: 1000, Tell: 10 * time.Millisecond}.filled(), client: api.New(server.URL)}
	defer city.client.Close()
	c := newCourier(city, city.client.Person(api.Persona{CourierID: "c"}, nil), middle)
	to := middle.Off(500, 500) // some 1000 m: 0.14 s at a bicycle's pace
	require.NoError(t, c.way(t.Context(), to))
	require.Equal(t, to, c.place())
	require.Greater(t, told.Load(), int64(2))
	require.NoError(t, c.way(t.Context(), streets.Place{}), "an address that was erased is nowhere")
	require.Equal(t, to, c.place())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, c.way(ctx, middle), context.Canceled)
}
