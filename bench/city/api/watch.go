package api

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

// Event is one document of a live stream.
type Event struct {
	Data []byte
	// Stale: it is behind the position that was asked for.
	Stale bool
}

// silence is how long a stream may say nothing, heartbeats included, before it is taken for dead.
const silence = 45 * time.Second

// longest is the longest line of a stream that is read.
const longest = 16 << 20

// Watch calls see with every document of the stream, and opens it anew where it breaks, until see returns false, the system
// refuses it or ctx ends. Only in the first case there is no error.
func (t *Tab) Watch(ctx context.Context, path string, see func(Event) bool) error {
	refused, after := "", ""
	for pause := soon; ; pause = min(2*pause, later) {
		token, err := t.bearer(ctx, refused)
		if err != nil {
			return err
		}
		began := time.Now()
		position, _ := t.seen()
		done, err := t.follow(ctx, request{
			method: http.MethodGet, path: path, token: token, position: position, after: after,
		}, &after, see)
		var said *Refusal
		switch {
		case done:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(err, &said) && said.Status == http.StatusUnauthorized && refused != token:
			refused = token
		case errors.As(err, &said) && said.Status == http.StatusForbidden:
			return err
		}
		if time.Since(began) > silence { // it had lived for a while
			pause = soon
		}
		if err := Pause(ctx, pause); err != nil {
			return err
		}
	}
}

// follow reads one stream to its end.
func (t *Tab) follow(ctx context.Context, q request, after *string, see func(Event) bool) (done bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	alive := time.AfterFunc(silence, cancel)
	defer alive.Stop()
	resp, err := t.client.send(ctx, q)
	if err != nil {
		t.client.met("no stream")
		return false, err
	}
	defer func() { _ = resp.Body.Close() }() // it is left before its end
	if resp.StatusCode != http.StatusOK {
		said := &Refusal{}
		_ = json.NewDecoder(resp.Body).Decode(said) // what is no problem document has no code
		said.Status = resp.StatusCode
		t.client.met("stream " + said.Code)
		return false, said
	}
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(make([]byte, 0, 4<<10), longest)
	kind := ""
	for lines.Scan() {
		alive.Reset(silence)
		name, value, _ := bytes.Cut(lines.Bytes(), []byte(": "))
		switch string(name) {
		case "id":
			*after = string(value)
			t.shown(*after)
		case "event":
			kind = string(value)
		case "data":
			if (kind == "document" || kind == "stale") && !see(Event{Data: value, Stale: kind == "stale"}) {
				return true, nil
			}
		}
	}
	return false, lines.Err()
}
