package upgrade

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"

	"tiffin/platform/identity"
	"tiffin/platform/position"
)

// client orders and reads through whichever replica answers, presents what it has seen, and compares what it is shown with what
// was recorded. It is used by one goroutine.
type client struct {
	*house
	token string

	// seen is the position of the newest answer, and stories are of the orders that were placed.
	seen    position.Token
	stories map[string]*story
	queries int
}

func newClient(h *house) (*client, error) {
	token, err := h.issuer.Issue(identity.Caller{Subject: newID(), Grants: []identity.Grant{{Role: identity.Customer, Resource: newID()}}})
	return &client{house: h, token: token, stories: map[string]*story{}}, err
}

// request is one of this client's.
func (c *client) request(ctx context.Context, replica int, method, path string, body io.Reader) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, method, "http://"+c.replicas[replica]+"/api/customer/v1"+path, body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+c.token)
	return r, nil
}

// ask asks one replica, and where that doesn't answer the other, as a balancer would. One is replaced now and then; both are
// never. A command that is asked for again is the same command.
func (c *client) ask(ctx context.Context, method, path string, body, into any) error {
	var data []byte
	var err error
	if body != nil {
		if data, err = json.Marshal(body); err != nil {
			return err
		}
	}
	command, first := newID(), rand.N(2)
	for _, replica := range []int{first, 1 - first, first, 1 - first} {
		var r *http.Request
		if r, err = c.request(ctx, replica, method, path, bytes.NewReader(data)); err != nil {
			return err
		}
		r.Header.Set("Tiffin-Position", c.seen.Encode())
		if method == http.MethodPost {
			r.Header.Set("Idempotency-Key", command)
		}
		var again bool
		if again, err = c.answered(r, into); !again {
			return err
		}
	}
	return fmt.Errorf("%s %s: no replica answers: %w", method, path, err)
}

// answered takes an answer, which must be no older than what was seen, and reports whether another replica is to be asked.
func (c *client) answered(r *http.Request, into any) (again bool, err error) {
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return true, err
	}
	text, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return true, err
	}
	if answer.StatusCode != http.StatusOK {
		err := fmt.Errorf("%s %s: %s: %s", r.Method, r.URL.Path, answer.Status, text)
		return answer.StatusCode == http.StatusServiceUnavailable, err
	}
	if answer.Header.Get("Tiffin-Stale") != "" {
		return false, fmt.Errorf("%s %s: is stale, after all that an answer may wait", r.Method, r.URL.Path)
	}
	c.queries++
	if c.seen, err = onwards(c.seen, answer.Header.Get("Tiffin-Position")); err != nil {
		return false, err
	}
	return false, json.Unmarshal(text, into)
}

// places places an order.
func (c *client) places(ctx context.Context) (string, error) {
	id := newID()
	var answer map[string]any
	err := c.ask(ctx, http.MethodPost, "/orders", map[string]any{
		"order_id": id, "restaurant_id": c.place, "items": []any{map[string]any{"item_id": c.dish, "quantity": 2}},
		"delivery_address": map[string]any{"line": "Torstr. 1", "latitude": 52.53, "longitude": 13.4},
		"expected_total":   map[string]any{"currency_code": "EUR", "minor_units": "2150"},
	}, &answer)
	c.stories[id] = &story{}
	c.stories[id].goesOn(ordered, c.seen[ordered])
	return id, err
}

// has something happen to an order, and presents that from now on.
func (c *client) has(ctx context.Context, id string, happen func(ctx context.Context, id string) (happening, error)) error {
	happened, err := happen(ctx, id)
	if err != nil {
		return err
	}
	c.seen = c.seen.Merge(position.Token{happened.domain: happened.at})
	if happened.told {
		c.stories[id].goesOn(happened.domain, happened.at)
	}
	return nil
}

// reads reads an order, and the list of all.
func (c *client) reads(ctx context.Context, id string) (order, error) {
	var one order
	if err := c.ask(ctx, http.MethodGet, "/orders/"+id, nil, &one); err != nil {
		return one, err
	}
	if err := c.stories[id].missing(one, c.seen); err != nil {
		return one, err
	}
	var all struct{ Orders []order }
	if err := c.ask(ctx, http.MethodGet, "/orders?page_size=100", nil, &all); err != nil {
		return one, err
	}
	if len(all.Orders) < len(c.stories) {
		return one, fmt.Errorf("%d orders were listed after %d had been placed", len(all.Orders), len(c.stories))
	}
	return one, nil
}
