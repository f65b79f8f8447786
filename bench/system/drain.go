package system

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"tiffin/platform/position"
)

// View is how far a view is, as /readyz tells.
type View struct {
	Name     string
	Position uint64
	Lag      uint64
}

// Views asks for all views.
func (c *Client) Views(ctx context.Context) ([]View, error) {
	var health struct{ Views []View }
	err := c.read(ctx, request{method: http.MethodGet, path: "/readyz"}, &health)
	return health.Views, err
}

const (
	lookEvery    = 5 * time.Millisecond
	drainAtMost  = time.Minute
	orderingName = "ordering"
)

// Drain waits until every view that has moved since before has applied the log up to the order, and returns how long that took.
func (c *Client) Drain(ctx context.Context, before []View, last Order) (time.Duration, error) {
	token, err := position.Parse(last.Position)
	if err != nil {
		return 0, err
	}
	start := map[string]uint64{}
	for _, v := range before {
		start[v.Name] = v.Position
	}
	began := time.Now()
	for time.Since(began) < drainAtMost {
		now, err := c.Views(ctx)
		if err != nil {
			return 0, err
		}
		if drained(now, start, token[orderingName]) {
			return time.Since(began), nil
		}
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-time.After(lookEvery):
		}
	}
	return 0, fmt.Errorf("the views still lag after %s", drainAtMost)
}

// drained reports whether all views that read orders have come to the position. Those that have not moved read none.
func drained(now []View, start map[string]uint64, last uint64) bool {
	moved := 0
	for _, v := range now {
		if v.Position == start[v.Name] {
			continue
		}
		if moved++; v.Position < last {
			return false
		}
	}
	return moved > 0
}
