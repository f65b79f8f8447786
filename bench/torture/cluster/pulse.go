package cluster

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/oklog/ulid/v2"
	"golang.org/x/sync/errgroup"

	"tiffin/bench/city/api"
	"tiffin/platform/identity"
)

// pulse is somebody through whom it is felt whether the cell is well: a command that is answered, and read back at once. It is
// nobody whom the city knows.
type pulse struct {
	client *api.Client
	tab    *api.Tab
	method string
	path   string
	said   [2]said
	beats  int
}

// said is what is commanded at every other beat.
type said struct {
	verb string
	body any
}

func (c *Cluster) pulse(who identity.Persona, method, path string, even any, evenVerb string, odd any, oddVerb string) *pulse {
	p := &pulse{client: api.New(c.URL), method: method, path: path, said: [2]said{{evenVerb, even}, {oddVerb, odd}}}
	for i := range p.said {
		if p.said[i].body == nil {
			p.said[i].body = struct{}{}
		}
	}
	p.tab = p.client.Person(api.Persona{ID: who.PersonaID}, func(context.Context) (string, error) {
		return c.issuer.Issue(identity.Caller{Subject: who.PersonaID, Name: who.Name, Grants: who.Grants})
	}).Open()
	return p
}

var errStale = errors.New("what was just done can't be read yet")

// beat commands, and reads it back.
func (p *pulse) beat(ctx context.Context) error {
	p.beats++
	next := p.said[p.beats%2]
	if err := p.tab.Command(ctx, p.method, p.path+next.verb, ulid.Make().String(), next.body); err != nil {
		return fmt.Errorf("%s%s: %w", p.path, next.verb, err)
	}
	var seen struct{}
	stale, err := p.tab.Read(ctx, p.path, &seen)
	if err == nil && stale {
		err = errStale
	}
	if err != nil {
		return fmt.Errorf("%s: %w", p.path, err)
	}
	return nil
}

// beatWithin is what a command and a query may take in a cell that is well.
const beatWithin = 2 * time.Second

// Ill says what is not well: the processes that say so themselves, and the BFFs that a command and a query don't get through.
func (c *Cluster) Ill(ctx context.Context) []string {
	if ill := c.looks.ill(ctx, c.looks.all); len(ill) > 0 {
		return ill
	}
	ctx, cancel := context.WithTimeout(ctx, beatWithin)
	defer cancel()
	var g errgroup.Group
	for _, p := range c.felt {
		g.Go(func() error { return p.beat(ctx) })
	}
	if err := g.Wait(); err != nil {
		return []string{err.Error()}
	}
	return nil
}

// AwaitWell returns when nothing is ill, or ctx's error and what is. It is for one caller at a time.
func (c *Cluster) AwaitWell(ctx context.Context) error {
	var last []string
	for {
		ill := c.Ill(ctx)
		switch {
		case ctx.Err() != nil: // those who had no time to answer are not ill
			return fmt.Errorf("not well: %q: %w", last, ctx.Err())
		case len(ill) == 0:
			return nil
		}
		last = ill
		pause(ctx, lookEvery)
	}
}
