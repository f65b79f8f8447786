package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"tiffin/platform/due"
	"tiffin/platform/gateway/webhook"
)

// delivery is one webhook that is to be taken by the other side.
type delivery struct {
	id    string
	entry entry
	tries int
}

// teller sends webhooks until they are taken, or for long enough.
type teller struct {
	url    string
	secret []byte
	late   time.Duration
	ledger *ledger
	faults *faults
	client *http.Client
	logger *slog.Logger
	queue  due.Queue[delivery]
}

const (
	tellTimeout  = 5 * time.Second
	tellAtOnce   = 8
	retryAfter   = 500 * time.Millisecond
	retryAtMost  = time.Minute
	triesAtMost  = 14
	operationDid = "operation.updated"
)

// message is the body of a webhook.
type message struct {
	Type      string    `json:"type"`
	Operation Operation `json:"operation"`
}

// tell puts the webhooks of an operation into the queue, except those that were taken already.
func (t *teller) tell(e entry) {
	if t.url == "" {
		return
	}
	for i, after := range t.times(e) {
		id := fmt.Sprintf("%s.%d", e.ID, i+1)
		if !t.ledger.wasDelivered(id) {
			t.queue.Put(delivery{id: id, entry: e}, e.Known.Add(after))
		}
	}
}

// times says how long after its outcome is known each webhook of an operation is sent.
func (t *teller) times(e entry) []time.Duration {
	c, _ := cardOf(e.Token)
	switch {
	case c.untold:
		return nil
	case c.late, c.disordered && e.Kind == authorization:
		return []time.Duration{t.late}
	case c.twice || t.faults.roll():
		return []time.Duration{0, t.late}
	default:
		return []time.Duration{0}
	}
}

// run sends what is due until ctx ends.
func (t *teller) run(ctx context.Context) error {
	var sending errgroup.Group
	sending.SetLimit(tellAtOnce)
	for {
		d, err := t.queue.Take(ctx)
		if err != nil {
			return sending.Wait()
		}
		sending.Go(func() error {
			t.deliver(ctx, d)
			return nil
		})
	}
}

func (t *teller) deliver(ctx context.Context, d delivery) {
	err := t.send(ctx, d)
	if err == nil {
		err = t.ledger.deliver(d.id)
	}
	if err == nil || ctx.Err() != nil {
		return
	}
	if d.tries++; d.tries == triesAtMost {
		t.logger.WarnContext(ctx, "webhook given up until the next start", "webhook", d.id, "error", err)
		return
	}
	t.queue.Put(d, time.Now().Add(min(retryAfter<<(d.tries-1), retryAtMost)))
}

func (t *teller) send(ctx context.Context, d delivery) error {
	if t.faults.roll() {
		return errors.New("lost on purpose")
	}
	body, err := json.Marshal(message{Type: operationDid, Operation: d.entry.Operation})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, tellTimeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, t.url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	webhook.Sign(r.Header, t.secret, d.id, time.Now(), body)
	answer, err := t.client.Do(r)
	if err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<16)) // so that the connection can be used again
	if err := answer.Body.Close(); err != nil {
		return err
	}
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("answered %s", answer.Status)
	}
	return nil
}
