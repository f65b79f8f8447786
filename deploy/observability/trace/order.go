package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"
)

const api = "/api/customer/v1/"

// order does what a customer does as soon as the system lets it: place an order, watch it, call it off.
func order(ctx context.Context, system string) ([]click, error) {
	c := client{at: system}
	tick := time.NewTicker(pollWait)
	defer tick.Stop()
	for {
		if c.signIn(ctx) == nil {
			if id, placing := c.place(ctx); id != "" {
				fmt.Println("order", id)
				cancelling, err := c.cancel(ctx, id)
				return []click{placing, cancelling}, err
			}
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-tick.C:
		}
	}
}

func (c *client) signIn(ctx context.Context) error {
	var people struct {
		Personas []struct {
			PersonaID string `json:"persona_id"`
		}
	}
	if _, err := c.call(ctx, http.MethodGet, "/auth/personas", nil, &people); err != nil || len(people.Personas) == 0 {
		return errors.Join(err, errors.New("there are no people yet"))
	}
	var signed struct {
		AccessToken string `json:"access_token"`
	}
	_, err := c.call(ctx, http.MethodPost, "/auth/personas/"+people.Personas[0].PersonaID+":token", nil, &signed)
	c.token = signed.AccessToken
	return err
}

type found struct {
	Restaurants []struct {
		RestaurantID string `json:"restaurant_id"`
		Location     struct{ Latitude, Longitude float64 }
	}
}

type menu struct {
	Sections []struct {
		Items []struct {
			Item struct {
				ItemID string `json:"item_id"`
			}
		}
	}
}

// place orders the first thing that can be ordered, and returns the order's id; none while nothing can.
func (c client) place(ctx context.Context) (string, click) {
	var open found
	if _, err := c.call(ctx, http.MethodGet, api+"restaurants?open_only=true", nil, &open); err != nil {
		return "", click{}
	}
	for _, r := range open.Restaurants {
		var m menu
		if _, err := c.call(ctx, http.MethodGet, api+"restaurants/"+r.RestaurantID, nil, &m); err != nil {
			return "", click{}
		}
		for _, section := range m.Sections {
			for _, i := range section.Items {
				id := ulid.MustNew(ulid.Now(), rand.Reader).String()
				placing, ok := c.atItsPrice(ctx, map[string]any{
					"order_id": id, "restaurant_id": r.RestaurantID,
					"items":            []any{map[string]any{"item_id": i.Item.ItemID, "quantity": 9}},
					"delivery_address": map[string]any{"line": "Torstr. 1", "latitude": r.Location.Latitude, "longitude": r.Location.Longitude},
				})
				if ok {
					return id, placing
				}
			}
		}
	}
	return "", click{}
}

// atItsPrice offers too little first: the refusal tells the price. Only what is accepted is a click.
func (c client) atItsPrice(ctx context.Context, body map[string]any) (click, bool) {
	var refusal struct{ Meta map[string]string }
	body["expected_total"] = map[string]string{"currency_code": "EUR", "minor_units": "1"}
	if _, err := c.call(ctx, http.MethodPost, api+"orders", body, &refusal); err != nil || refusal.Meta["total"] == "" {
		return click{}, false
	}
	body["expected_total"] = map[string]string{"currency_code": "EUR", "minor_units": refusal.Meta["total"]}
	c.click = newClick("Placing the order", "append ordering.OrderPlaced", "apply orders", "write orders", "project orders")
	status, err := c.call(ctx, http.MethodPost, api+"orders", body, &struct{}{})
	return c.click, err == nil && status == http.StatusOK
}

// cancel calls the order off while it is being watched, and returns when the watcher has been told.
func (c client) cancel(ctx context.Context, id string) (click, error) {
	stream, err := c.watch(ctx, id)
	if err != nil {
		return click{}, err
	}
	defer func() { _ = stream.Body.Close() }() // then the stream's own span ends
	lines := bufio.NewScanner(stream.Body)
	if !until(lines, "PLACED", "CONFIRMED") {
		return click{}, fmt.Errorf("the stream ended: %w", lines.Err())
	}
	c.click = newClick("Cancelling it while it is watched",
		"append ordering.OrderCancelled", "apply orders", "write orders", "project orders", "push orders")
	status, err := c.call(ctx, http.MethodPost, api+"orders/"+id+":cancel", struct{}{}, &struct{}{})
	if err != nil || status != http.StatusOK {
		return click{}, errors.Join(err, fmt.Errorf("cancelling was answered with %d", status))
	}
	if !until(lines, "CANCELLED") {
		return click{}, fmt.Errorf("the stream ended: %w", lines.Err())
	}
	return c.click, nil
}

// watch opens the order's live stream, as soon as the view knows the order.
func (c client) watch(ctx context.Context, id string) (*http.Response, error) {
	tick := time.NewTicker(pollWait)
	defer tick.Stop()
	for {
		resp, err := c.request(ctx, http.MethodGet, api+"orders/"+id+":watch", nil)
		if err == nil && resp.StatusCode == http.StatusOK {
			return resp, nil
		}
		if err == nil {
			_ = resp.Body.Close()
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), err)
		case <-tick.C:
		}
	}
}

func until(lines *bufio.Scanner, states ...string) bool {
	for lines.Scan() {
		for _, s := range states {
			if strings.HasPrefix(lines.Text(), "data: ") && strings.Contains(lines.Text(), `"status":"`+s+`"`) {
				return true
			}
		}
	}
	return false
}
