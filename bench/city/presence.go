package city

import (
	"context"
	"time"

	"tiffin/bench/city/api"
)

// lookForPeople is how often it is asked whose place a person has taken.
const lookForPeople = 2 * time.Second

// presence is whose place a person has taken.
type presence struct{ taken *latest[map[string]bool] }

func newPresence() presence { return presence{newLatest[map[string]bool]()} }

// follow keeps it up to date until ctx ends.
func (p presence) follow(ctx context.Context, client *api.Client) error {
	for {
		personas, err := client.Personas(ctx)
		if err != nil {
			return err
		}
		taken := map[string]bool{}
		for _, persona := range personas {
			if persona.Taken {
				taken[persona.ID] = true
			}
		}
		if before, _ := p.taken.get(); !same(before, taken) {
			p.taken.put(taken)
		}
		if err := api.Pause(ctx, lookForPeople); err != nil {
			return err
		}
	}
}

func same(a, b map[string]bool) bool {
	for id := range a {
		if !b[id] {
			return false
		}
	}
	return len(a) == len(b)
}

func (p presence) has(id string) bool {
	taken, _ := p.taken.get()
	return taken[id]
}

// play plays somebody while no person does, until ctx ends.
func (p presence) play(ctx context.Context, id string, part func(context.Context) error) error {
	free := func(taken map[string]bool) bool { return !taken[id] }
	for {
		if _, err := p.taken.await(ctx, free); err != nil {
			return err
		}
		playing, cancel := p.taken.while(ctx, free)
		err := part(playing)
		cancel()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil && playing.Err() == nil {
			return err
		}
	}
}
