package system

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/oklog/ulid/v2"
)

// Person is a persona who is signed in, and the restaurant or courier that they are.
type Person struct{ RestaurantID, CourierID, token string }

// People signs all personas in who have that role, and no other.
func (c *Client) People(ctx context.Context, role string) ([]Person, error) {
	var list struct {
		Personas []struct {
			PersonaID    string `json:"persona_id"`
			RestaurantID string `json:"restaurant_id"`
			CourierID    string `json:"courier_id"`
			Roles        []string
		}
	}
	if err := c.read(ctx, request{method: http.MethodGet, path: "/auth/personas"}, &list); err != nil {
		return nil, err
	}
	var out []Person
	for _, p := range list.Personas {
		if !slices.Equal(p.Roles, []string{role}) {
			continue
		}
		var signed struct {
			AccessToken string `json:"access_token"`
		}
		if err := c.read(ctx, request{method: http.MethodPost, path: "/auth/personas/" + p.PersonaID + ":token"}, &signed); err != nil {
			return nil, err
		}
		out = append(out, Person{p.RestaurantID, p.CourierID, signed.AccessToken})
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("there is no %s among the personas", role)
	}
	return out, nil
}

// Customer is a persona who orders, with a token.
type Customer struct{ token string }

// Customers signs all personas in who may order.
func (c *Client) Customers(ctx context.Context) ([]Customer, error) {
	people, err := c.People(ctx, "customer")
	out := make([]Customer, len(people))
	for i, p := range people {
		out[i] = Customer{p.token}
	}
	return out, err
}

// Command sends a command by POST; path begins with /api/.
func (c *Client) Command(ctx context.Context, by Person, path string, body []byte) error {
	_, _, err := c.call(ctx, request{method: http.MethodPost, path: path, token: by.token, key: ulid.Make().String(), body: body})
	return err
}

// Locate tells where a courier is.
func (c *Client) Locate(ctx context.Context, courier Person, place []byte) error {
	_, _, err := c.call(ctx, request{
		method: http.MethodPut, path: "/api/courier/v1/couriers/" + courier.CourierID + "/location", token: courier.token, body: place,
	})
	return err
}
