package api

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"sync"
)

// Persona is somebody of the city.
type Persona struct {
	ID           string   `json:"persona_id"`
	Name         string   `json:"name"`
	Roles        []string `json:"roles"`
	RestaurantID string   `json:"restaurant_id"`
	CourierID    string   `json:"courier_id"`
	// Taken: a person is this one at the moment.
	Taken bool `json:"taken"`
}

// Is reports whether that is what they do.
func (p Persona) Is(role string) bool { return slices.Contains(p.Roles, role) }

// Personas lists everybody.
func (c *Client) Personas(ctx context.Context) ([]Persona, error) {
	a, err := c.call(ctx, request{method: http.MethodGet, path: "/auth/personas"})
	if err != nil {
		return nil, err
	}
	var list struct{ Personas []Persona }
	return list.Personas, json.Unmarshal(a.body, &list)
}

// Person is somebody who is signed in. It is safe for concurrent use.
type Person struct {
	Persona
	client *Client
	issue  Issue

	mu    sync.Mutex
	token string
}

// Issue gives a person's token.
type Issue func(ctx context.Context) (token string, err error)

// Person signs somebody in, by the demo's sign-in where issue is nil: as the simulation, which takes nobody's place.
func (c *Client) Person(p Persona, issue Issue) *Person {
	if issue == nil {
		issue = func(ctx context.Context) (string, error) { return c.demoToken(ctx, p.ID) }
	}
	return &Person{Persona: p, client: c, issue: issue}
}

func (c *Client) demoToken(ctx context.Context, id string) (string, error) {
	a, err := c.call(ctx, request{
		method: http.MethodPost, path: "/auth/personas/" + id + ":token", body: []byte(`{"simulation":true}`),
	})
	if err != nil {
		return "", err
	}
	var signed struct {
		AccessToken string `json:"access_token"`
	}
	return signed.AccessToken, json.Unmarshal(a.body, &signed)
}

// bearer is the person's token; another than the refused one, which may be empty.
func (p *Person) bearer(ctx context.Context, refused string) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.token == "" || p.token == refused {
		token, err := p.issue(ctx)
		if err != nil {
			return "", err
		}
		p.token = token
	}
	return p.token, nil
}

// Public asks what nobody needs to be signed in for.
func (c *Client) Public(ctx context.Context, path string, into any) error {
	a, err := c.call(ctx, request{method: http.MethodGet, path: path})
	if err != nil {
		return err
	}
	return json.Unmarshal(a.body, into)
}
