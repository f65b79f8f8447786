package city

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"tiffin/bench/city/api"
)

// kitchen is one restaurant's people. Its board is followed also while a person plays them: food that is ready is there for
// every courier to see.
type kitchen struct {
	*City
	who *api.Person
	tab *api.Tab
	// board is the newest; nil: none was seen yet.
	board *latest[*board]

	mu   sync.Mutex
	busy map[string]bool // tickets that somebody looks after, or has done with
}

// board is a restaurant's, by ticket.
type board struct {
	api.Board
	status map[string]string
}

const restaurantAPI = "/api/restaurant/v1"

func newKitchen(c *City, who *api.Person) *kitchen {
	return &kitchen{City: c, who: who, tab: who.Open(), board: newLatest[*board](), busy: map[string]bool{}}
}

func (k *kitchen) run(ctx context.Context) error {
	g, ctx := newCrowd(ctx)
	g.Go(func() error { return k.watch(ctx) })
	g.Go(func() error { return k.people.play(ctx, k.who.ID, k.cook) })
	return g.Wait()
}

func (k *kitchen) watch(ctx context.Context) error {
	return k.tab.Watch(ctx, restaurantAPI+"/restaurants/"+k.who.RestaurantID+"/tickets:watch", func(e api.Event) bool {
		next := &board{status: map[string]string{}}
		if json.Unmarshal(e.Data, &next.Board) != nil {
			return true // not a board: the next one will do
		}
		before, _ := k.board.get()
		for _, t := range next.Tickets {
			next.status[t.ID] = t.Status
			if before == nil || before.status[t.ID] == "" {
				k.o.Book.Ticket(t.ID, t.Subtotal.Minor)
			}
		}
		k.board.put(next)
		return true
	})
}

// cook looks after every ticket on the board, until ctx ends; what is begun then is left as it is.
func (k *kitchen) cook(ctx context.Context) error {
	var all sync.WaitGroup
	defer all.Wait()
	k.mu.Lock()
	clear(k.busy)
	k.mu.Unlock()
	for {
		now, changed := k.board.get()
		if now != nil {
			k.forget(now)
			for _, t := range now.Tickets {
				if k.begins(t.ID) {
					all.Go(func() { k.done(ctx, guarded(func() error { return k.make(ctx, t) })) })
				}
			}
			if len(now.SoldOut) > mostSoldOut && k.begins("delivery of supplies") {
				all.Go(func() { k.done(ctx, guarded(func() error { return k.restock(ctx, now.SoldOut) })) })
			}
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// done tells of what went wrong; a refusal is no such thing: it says that the ticket has moved on.
func (k *kitchen) done(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil && api.Code(err) == "" {
		k.o.Logger.WarnContext(ctx, "a simulated kitchen gave up", "error", err)
	}
}

func (k *kitchen) begins(what string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.busy[what] {
		return false
	}
	k.busy[what] = true
	return true
}

func (k *kitchen) forget(now *board) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for id := range k.busy {
		if now.status[id] == "" && id != "delivery of supplies" {
			delete(k.busy, id)
		}
	}
}

// mostSoldOut is how many items a kitchen leaves sold out.
const mostSoldOut = 2

// restock brings back one of the items that are sold out.
func (k *kitchen) restock(ctx context.Context, soldOut []string) error {
	defer func() {
		k.mu.Lock()
		defer k.mu.Unlock()
		delete(k.busy, "delivery of supplies")
	}()
	d := newDice(k.o.Seed, "restock", k.who.ID, time.Now().UnixNano())
	if err := api.Pause(ctx, k.o.after(d.between(time.Minute, 5*time.Minute))); err != nil {
		return err
	}
	return k.item(ctx, pick(d, soldOut), ":back")
}

func (k *kitchen) item(ctx context.Context, id, verb string) error {
	path := restaurantAPI + "/restaurants/" + k.who.RestaurantID + "/menu/items/" + id + verb
	return k.tab.Command(ctx, http.MethodPost, path, unique(), struct{}{})
}

func (k *kitchen) ticket(ctx context.Context, id, verb string, body any) error {
	if body == nil {
		body = struct{}{}
	}
	return k.tab.Command(ctx, http.MethodPost, restaurantAPI+"/tickets/"+id+":"+verb, id+"-"+verb, body)
}
