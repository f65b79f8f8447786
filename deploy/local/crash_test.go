package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"

	"tiffin/platform/run/runtest"
)

// ledger is what customers know of their orders: those that were answered, and those that were sent and not answered.
type ledger struct {
	mu             sync.Mutex
	placed, unsure map[string]map[string]any
	position       string // that the last answer came with
}

// settle places the order, or repeats it, and notes what is known of it then. A refusal is an error.
func (l *ledger) settle(ctx context.Context, url, token string, body map[string]any) error {
	id, _ := body["order_id"].(string)
	l.mu.Lock()
	l.unsure[id] = body
	l.mu.Unlock()
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/api/customer/v1/orders", bytes.NewReader(data))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Idempotency-Key", "place-"+id)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil // killed: nobody knows
	}
	defer func() { _ = answer.Body.Close() }()
	var said struct{ Code, Detail string }
	err = json.NewDecoder(answer.Body).Decode(&said)
	switch {
	case answer.StatusCode == http.StatusOK: // acknowledged, even if the rest of the answer was cut off
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.unsure, id)
		l.placed[id], l.position = body, answer.Header.Get("Tiffin-Position")
		return nil
	case err != nil || answer.StatusCode >= http.StatusInternalServerError:
		return nil
	}
	return fmt.Errorf("order %s: %d %s %s", id, answer.StatusCode, said.Code, said.Detail)
}

func (l *ledger) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.placed)
}

// Killed at a random moment while orders come in, and started again: what was acknowledged is there, once.
func TestACrashLosesNoAcknowledgedOrderAndDoublesNone(t *testing.T) {
	t.Parallel()
	const rounds, customers = 4, 6
	settings := around(t)
	book := &ledger{placed: map[string]map[string]any{}, unsure: map[string]map[string]any{}}
	p := runtest.Start(t, "local", settings...)
	url := ready(t, p)
	token := signedIn(t, url)
	var sample map[string]any
	require.Eventually(t, func() bool {
		var found bool
		sample, found = basket(t, url, token)
		return found
	}, patience, 50*time.Millisecond)
	for round := range rounds {
		stop, ended := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for range customers {
			all.Go(func() {
				for stop.Err() == nil {
					body := maps.Clone(sample)
					body["order_id"] = ulid.Make().String()
					if err := book.settle(stop, url, token, body); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		enough := book.count() + 1 + rand.IntN(60)
		require.Eventually(t, func() bool { return book.count() >= enough }, patience, time.Millisecond)
		p.Kill(t)
		ended()
		all.Wait()
		t.Logf("round %d: %d placed, %d unsure when killed", round, book.count(), len(book.unsure))

		p = runtest.Start(t, "local", settings...)
		url = ready(t, p)
		for _, body := range maps.Clone(book.unsure) {
			require.NoError(t, book.settle(t.Context(), url, token, body), "a repeat after a crash is answered as the first time")
		}
		require.Empty(t, book.unsure)
		next := maps.Clone(sample)
		next["order_id"] = ulid.Make().String()
		require.NoError(t, book.settle(t.Context(), url, token, next))
		// Nobody else orders now, so this position is behind all of them.
		listed := history(t, url, token, book.position)
		for id := range book.placed {
			var order struct{ Status string }
			answer := call(t, http.MethodGet, url+"/api/customer/v1/orders/"+id, token, nil, &order)
			require.Equal(t, http.StatusOK, answer.StatusCode, id)
			require.NotEmpty(t, order.Status)
			require.Equal(t, 1, listed[id], id)
		}
		require.Len(t, listed, len(book.placed), "an order that nobody has placed")
	}
}

// history counts how often each order stands in the caller's list at the position.
func history(t *testing.T, url, token, position string) map[string]int {
	t.Helper()
	listed, page := map[string]int{}, ""
	for {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet,
			url+"/api/customer/v1/orders?page_size=50&page_token="+page, nil)
		require.NoError(t, err)
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Tiffin-Position", position)
		answer, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, answer.StatusCode)
		require.Empty(t, answer.Header.Get("Tiffin-Stale"))
		var list struct {
			Orders []struct {
				OrderID string `json:"order_id"`
			}
			NextPageToken string `json:"next_page_token"`
		}
		require.NoError(t, json.NewDecoder(answer.Body).Decode(&list))
		require.NoError(t, answer.Body.Close())
		for _, o := range list.Orders {
			listed[o.OrderID]++
		}
		if page = list.NextPageToken; page == "" {
			return listed
		}
	}
}
