package upgrade

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"tiffin/platform/pause"
	"tiffin/platform/position"
)

// watcher keeps a stream of one order of the client's open, from whichever replica, and resumes where one ended.
type watcher struct {
	of    *client
	id    string
	story *story
	// at is the id of the last event; at first, what was seen when the order was placed. streams is how many there were, and
	// documents how many came.
	at        position.Token
	streams   int
	documents int
	// shown is how many entries the last one had.
	shown atomic.Int64
}

// watch watches until ctx ends.
func (w *watcher) watch(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := w.stream(ctx, rand.N(2)); err != nil {
			return err
		}
		_ = pause.For(ctx, 20*time.Millisecond) // the loop sees when ctx ends
	}
	return nil
}

// stream reads one stream to its end, which is none of its errors.
func (w *watcher) stream(ctx context.Context, replica int) error {
	r, err := w.of.request(ctx, replica, http.MethodGet, "/orders/"+w.id+":watch", http.NoBody)
	if err != nil {
		return err
	}
	r.Header.Set("Accept", "text/event-stream")
	r.Header.Set("Last-Event-ID", w.at.Encode())
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil //nolint:nilerr // it is being replaced
	}
	defer func() { _ = answer.Body.Close() }() // it has ended, or is of no use
	if answer.StatusCode == http.StatusServiceUnavailable {
		return nil
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("watch: %s", answer.Status)
	}
	w.streams++
	event := map[string]string{}
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if name, value, more := strings.Cut(lines.Text(), ": "); more {
			event[name] = value
			continue
		}
		if err := w.took(event["event"], event["id"], event["data"]); err != nil {
			return err
		}
		clear(event)
	}
	return nil
}

// took takes an event, which must be no older than the one before. The last one of a stream says why it ends.
func (w *watcher) took(kind, id, data string) (err error) {
	switch kind {
	case "document", "heartbeat":
	case "error":
		var problem struct{ Status int }
		if err := json.Unmarshal([]byte(data), &problem); err != nil || problem.Status != http.StatusServiceUnavailable {
			return fmt.Errorf("the stream was ended by %s", data)
		}
		return nil
	default:
		return fmt.Errorf("watched a %s event at %s", kind, id)
	}
	if w.at, err = onwards(w.at, id); err != nil || kind == "heartbeat" {
		return err
	}
	var o order
	if err := json.Unmarshal([]byte(data), &o); err != nil {
		return err
	}
	w.documents++
	w.shown.Store(int64(o.entries()))
	return w.story.missing(o, w.at)
}
