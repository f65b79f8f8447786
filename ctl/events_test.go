package ctl_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"

	"tiffin/ctl/shown"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/run/runtest"
)

// decoded reads JSON that stands one a line.
func decoded(t *testing.T, text string) []shown.Event {
	t.Helper()
	var all []shown.Event
	for line := range strings.Lines(text) {
		var e shown.Event
		require.NoError(t, json.Unmarshal([]byte(line), &e))
		all = append(all, e)
	}
	return all
}

func positions(events []shown.Event) (at []uint64) {
	for _, e := range events {
		at = append(at, e.Position)
	}
	return at
}

func opened(minutes int) *kitchenv1.TicketEvent {
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketRejected{TicketRejected: &kitchenv1.TicketRejected{Reason: strconv.Itoa(minutes)}}}
}

func TestTailPrintsTheLastEventsThatAreWanted(t *testing.T) {
	p := newPlace(t)
	first, second := newID(), newID()
	for i := range 40 { // of which every fourth is a ticket's
		id := first
		if i%2 == 1 {
			id = second
		}
		if i%4 == 3 {
			record(p, id, eventlog.Command{}, opened(i))
		} else {
			record(p, id, eventlog.Command{}, cancelled("again"))
		}
	}
	for line, want := range map[string][]uint64{
		"-n 3":                                        {38, 39, 40},
		"-n 3 --domain kitchen":                       {32, 36, 40},
		"-n 2 --domain ordering":                      {38, 39},
		"-n 2 --aggregate " + first:                   {37, 39},
		"-n 100 --domain kitchen":                     {4, 8, 12, 16, 20, 24, 28, 32, 36, 40},
		"-n 2 --type kitchen.TicketRejected":          {36, 40},
		"-n 1 --type kitchen.TicketOpened":            nil,
		"-n 1 --domain kitchen --aggregate " + second: {40},
		"-n 0": nil,
	} {
		out := p.prints(append([]string{"events", "tail", "--json"}, strings.Fields(line)...)...)
		require.Equal(t, want, positions(decoded(t, out)), line)
	}
	require.Contains(t, p.prints("events", "tail", "-n", "1"), "kitchen.TicketRejected")
	require.Contains(t, p.fails("events", "tail", "--domain", "kichen"), `there is no domain "kichen"`)
	require.Contains(t, p.fails("events", "tail", "--type", "TicketOpened"), "no type of event")
	require.Contains(t, p.fails("events", "tail", "--aggregate", ">"), "no aggregate's id")
}

func TestTailGoesOnWithWhatComes(t *testing.T) {
	p := newPlace(t)
	id := newID()
	record(p, id, eventlog.Command{}, cancelled("before"))
	ctx, stop := context.WithCancel(t.Context())
	var out, told runtest.Output
	ended := make(chan error, 1)
	go func() {
		ended <- execute(ctx, &out, &told, p.environ(), "events", "tail", "-f", "--json", "--domain", "ordering")
	}()
	js, err := p.NATS.JetStream()
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		info, err := js.StreamInfo(eventlog.Stream)
		return err == nil && info.State.Consumers == 1
	}, 30*time.Second, 5*time.Millisecond)
	record(p, newID(), eventlog.Command{}, opened(1))
	record(p, id, eventlog.Command{}, cancelled("after"))
	require.Eventually(t, func() bool { return strings.Count(out.String(), "\n") == 2 },
		30*time.Second, 5*time.Millisecond)
	stop()
	require.NoError(t, <-ended)
	require.Equal(t, []uint64{1, 3}, positions(decoded(t, out.String())))
}

func TestShowFindsAnEventByPositionAndByID(t *testing.T) {
	p := newPlace(t)
	customer := newID()
	e := record(p, newID(), eventlog.Command{ID: "c1", CorrelationID: "r1", CausationID: "s1"}, placed(customer))
	record(p, newID(), eventlog.Command{}, cancelled("other"))
	for _, name := range []string{"1", e.ID} {
		out := p.prints("events", "show", name)
		for _, want := range []string{"ordering.OrderPlaced", e.ID, e.AggregateID, "c1", "r1", "s1", "Pan & Salt", `"sealed": "`} {
			require.Contains(t, out, want)
		}
		require.NotContains(t, out, street)
		require.NotContains(t, p.prints("events", "show", "--json", name), street)
		require.Contains(t, p.prints("events", "show", "--open-personal", name), street)
	}
	require.NoError(t, p.Keys.Destroy(t.Context(), customer))
	require.NotContains(t, p.prints("events", "show", "--open-personal", "1"), street)
	require.Contains(t, p.fails("events", "show", "3"), "no event at 3")
	require.Contains(t, p.fails("events", "show", newID()), "no event with the id")
	require.Contains(t, p.fails("events", "show", "x"), "neither a position nor")
}

func TestAnEventOfANewerVersionIsShownForWhatCanBeRead(t *testing.T) {
	p := newPlace(t)
	id := newID()
	_, err := p.NATS.RequestMsg(&nats.Msg{Subject: "evt.ordering." + id, Header: nats.Header{
		"ce-id": {newID()}, "ce-type": {"ordering.OrderTeleported"}, "ce-time": {"2030-01-02T03:04:05Z"},
	}, Data: []byte{0xf2, 0x3f, 0}}, time.Minute)
	require.NoError(t, err)
	require.Contains(t, p.prints("events", "tail"), "ordering.OrderTeleported")
	require.Contains(t, p.prints("events", "show", "1"), "not known here")
	out, _, err := p.command(t.Context(), "events", "export")
	require.ErrorContains(t, err, "1 of 1")
	require.Contains(t, decoded(t, out)[0].Error, "not known here")
}

func TestAnExportIsAFileOnceItIsComplete(t *testing.T) {
	p := newPlace(t)
	path := filepath.Join(t.TempDir(), "events.ndjson")
	customer := newID()
	for range 5 {
		record(p, newID(), eventlog.Command{}, placed(customer))
	}
	_, told, err := p.command(t.Context(), "events", "export", "-o", path, "--after", "1", "--until", "4")
	require.NoError(t, err)
	require.Contains(t, told, "3 events are in "+path)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NotContains(t, string(text), street)
	require.Equal(t, []uint64{2, 3, 4}, positions(decoded(t, string(text))))
	require.Contains(t, p.fails("events", "export", "-o", path), "is there already")
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 1)

	require.Equal(t, []uint64{1, 2, 3, 4, 5}, positions(decoded(t, p.prints("events", "export"))))
	require.Contains(t, p.prints("events", "export", "--open-personal", "--until", "1"), street)
	require.Empty(t, p.prints("events", "export", "--after", "5"))
	require.Empty(t, p.prints("events", "export", "--domain", "kitchen"))
}
