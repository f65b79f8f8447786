package system

import (
	"bytes"
	"context"
	"net/http"
	"strings"

	"github.com/oklog/ulid/v2"
)

// Order is one that was placed.
type Order struct {
	ID       string
	Customer Customer
	// Position is the token of its place in the log.
	Position string
}

// Basket is the body of an order, made in advance but for its id.
type Basket struct {
	restaurantID  string
	before, after []byte
}

// noID stands in a body where the order's id will.
var noID = strings.Repeat("0", ulid.EncodedSize)

func newBasket(restaurantID string, body []byte) Basket {
	before, after, _ := bytes.Cut(body, []byte(noID))
	return Basket{restaurantID, before, after}
}

// Search looks for restaurants, as the first page does.
func (c *Client) Search(ctx context.Context) error {
	_, err := c.Get(ctx, customerAPI+"/restaurants")
	return err
}

// Menu looks at the menu that the basket was filled from.
func (c *Client) Menu(ctx context.Context, b Basket) error {
	_, err := c.Get(ctx, customerAPI+"/restaurants/"+b.restaurantID)
	return err
}

// Place orders what is in the basket, under a new id.
func (c *Client) Place(ctx context.Context, by Customer, b Basket) (Order, error) {
	id := ulid.Make().String()
	body := make([]byte, 0, len(b.before)+len(id)+len(b.after))
	body = append(append(append(body, b.before...), id...), b.after...)
	_, position, err := c.call(ctx, request{
		method: http.MethodPost, path: customerAPI + "/orders", token: by.token, key: id, body: body,
	})
	return Order{ID: id, Customer: by, Position: position}, err
}

// Read reads the order; position may be empty, else the answer has seen it.
func (c *Client) Read(ctx context.Context, o Order, position string) error {
	_, _, err := c.call(ctx, request{
		method: http.MethodGet, path: customerAPI + "/orders/" + o.ID, token: o.Customer.token, position: position,
	})
	return err
}
