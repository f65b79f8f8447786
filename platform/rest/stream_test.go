package rest_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	"tiffin/platform/position"
	"tiffin/platform/problem"
	"tiffin/platform/rest"
)

type watching = grpc.ServerStreamingServer[customerv1.WatchOrderResponse]

func placed(position string, stale bool) *customerv1.WatchOrderResponse {
	return &customerv1.WatchOrderResponse{Position: position, Stale: stale, Order: &customerv1.Order{
		Status: customerv1.OrderStatus_PLACED, Reason: "line one\nline two",
	}}
}

// next reads one event: its lines up to the empty one.
func next(t *testing.T, lines *bufio.Scanner) []string {
	t.Helper()
	var event []string
	for lines.Scan() {
		if lines.Text() == "" {
			return event
		}
		event = append(event, lines.Text())
	}
	require.NoError(t, lines.Err())
	require.Empty(t, event, "an event was cut off")
	return nil
}

func TestEventsAreFramed(t *testing.T) {
	more := make(chan struct{})
	f := open(t, &shop{watch: func(stream watching) error {
		for _, m := range []*customerv1.WatchOrderResponse{placed("p1", false), placed("p2", true), {Position: "p3"}} {
			if err := stream.Send(m); err != nil {
				return err
			}
			<-more
		}
		return nil
	}})
	answer := f.ask(http.MethodGet, order+":watch", "", "Accept", "application/json, text/event-stream;q=0.5")
	require.Equal(t, 200, answer.StatusCode)
	require.Equal(t, "text/event-stream", answer.Header.Get("Content-Type"))
	require.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
	require.Equal(t, "no", answer.Header.Get("X-Accel-Buffering"))
	lines := bufio.NewScanner(answer.Body)
	for _, want := range [][2]string{{"id: p1", "event: document"}, {"id: p2", "event: stale"}} {
		// It is here while the handler waits: each event leaves at once.
		got := next(t, lines)
		require.Len(t, got, 3)
		require.Equal(t, want[:], got[:2])
		data, ok := strings.CutPrefix(got[2], "data: ")
		require.True(t, ok)
		var document struct{ Status, Reason string }
		require.NoError(t, json.Unmarshal([]byte(data), &document))
		require.Equal(t, "PLACED", document.Status)
		require.Equal(t, "line one\nline two", document.Reason)
		more <- struct{}{}
	}
	require.Equal(t, []string{"id: p3", "event: heartbeat", "data: {}"}, next(t, lines))
	more <- struct{}{}
	require.Nil(t, next(t, lines), "the stream ends when the handler does")
}

func TestAnErrorBeforeTheFirstEventIsAnOrdinaryAnswer(t *testing.T) {
	f := open(t, &shop{watch: func(watching) error { return problem.Missing("ORDER_NOT_FOUND", "there is no such order") }})
	answer := f.ask(http.MethodGet, order+":watch", "", "Tiffin-Position", at("ordering", 3))
	f.requireProblem(answer, 404, "ORDER_NOT_FOUND")
	require.Equal(t, at("ordering", 3), answer.Header.Get("Tiffin-Position"))
}

func TestAnErrorMidStreamIsAnEvent(t *testing.T) {
	for name, c := range map[string]struct {
		fail func() error
		want problem.Document
	}{
		"a problem": {
			func() error { return problem.Refuse("CLOSED", "it is closed").With("since", "noon") },
			problem.Document{Status: 409, Code: "CLOSED", Detail: "it is closed", Meta: map[string]string{"since": "noon"}},
		},
		"a secret": {
			func() error { return errors.New("secret") },
			problem.Document{Status: 500, Code: "INTERNAL", Detail: "something went wrong on our side"},
		},
		"a panic": {
			func() error { panic("secret") },
			problem.Document{Status: 500, Code: "INTERNAL", Detail: "something went wrong on our side"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t, &shop{watch: func(stream watching) error {
				if err := stream.Send(placed("p1", false)); err != nil {
					return err
				}
				return c.fail()
			}})
			lines := bufio.NewScanner(f.ask(http.MethodGet, order+":watch", "").Body)
			require.Equal(t, "event: document", next(t, lines)[1])
			got := next(t, lines)
			require.Len(t, got, 2, "no id: who resumes does so from the last document")
			require.Equal(t, "event: error", got[0])
			var document problem.Document
			require.NoError(t, json.Unmarshal([]byte(strings.TrimPrefix(got[1], "data: ")), &document))
			c.want.Type, c.want.Title = "about:blank", http.StatusText(c.want.Status)
			require.Equal(t, c.want, document)
			require.Nil(t, next(t, lines))
		})
	}
}

func TestAStreamIsResumedFromItsLastEvent(t *testing.T) {
	f := open(t, &shop{watch: func(stream watching) error {
		shown := metadata.ValueFromIncomingContext(stream.Context(), rest.LastEventIDKey)
		if err := stream.SetHeader(metadata.Pairs(rest.PositionKey, at("ordering", 8), rest.StaleKey, "true")); err != nil {
			return err
		}
		return stream.Send(placed(strings.Join(shown, " "), false))
	}})
	answer := f.ask(http.MethodGet, order+":watch", "", "Last-Event-ID", at("ordering", 5)+","+at("kitchen", 2))
	require.Equal(t, position.Token{"ordering": 8, "kitchen": 2}.Encode(), answer.Header.Get("Tiffin-Position"))
	require.Equal(t, "true", answer.Header.Get("Tiffin-Stale"))
	require.Equal(t, "id: "+position.Token{"ordering": 5, "kitchen": 2}.Encode(), next(t, bufio.NewScanner(answer.Body))[0])
}

func TestAClientThatLeavesEndsTheHandler(t *testing.T) {
	ended := make(chan error, 1)
	f := open(t, &shop{watch: func(stream watching) error {
		if err := stream.Send(placed("p1", false)); err != nil {
			return err
		}
		<-stream.Context().Done()
		ended <- stream.Context().Err()
		return stream.Context().Err()
	}})
	ctx, leave := context.WithCancel(t.Context())
	answer := f.askWithin(ctx, http.MethodGet, order+":watch", "")
	require.Equal(t, "event: document", next(t, bufio.NewScanner(answer.Body))[1])
	leave()
	select {
	case err := <-ended:
		require.ErrorIs(t, err, context.Canceled)
	case <-time.After(30 * time.Second):
		t.Fatal("the handler still runs")
	}
}

func TestOnlyWatchesAreStreams(t *testing.T) {
	f := open(t, &shop{})
	answer := f.ask(http.MethodGet, order, "", "Accept", "text/event-stream")
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.Equal(t, "application/json", answer.Header.Get("Content-Type"))
	require.True(t, json.Valid(body))
}
