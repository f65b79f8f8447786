package ctl_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
)

// longAgo appends an order that was placed and cancelled a month ago, and returns its id.
func longAgo(p place) string {
	then := time.Now().Add(-30 * 24 * time.Hour)
	log, err := eventlog.Open(p.Context(), p.NATS, eventlog.Options{Keys: p.Keys, Lake: p.Lake, Now: func() time.Time { return then }})
	require.NoError(p, err)
	orders := eventlog.NewAggregate[struct{}](log, func(struct{}, *orderingv1.OrderEvent, eventlog.Meta) (s struct{}, err error) { return s, nil })
	id := ulid.MustNew(ulid.Timestamp(then), ulid.DefaultEntropy()).String()
	for _, e := range []*orderingv1.OrderEvent{placed(newID()), cancelled("no time")} {
		_, err := orders.Execute(p.Context(), id, func(struct{}) (*orderingv1.OrderEvent, error) { return e, nil })
		require.NoError(p, err)
	}
	return id
}

func TestOldEventsAreBroughtIntoTheLakeAndStillShown(t *testing.T) {
	p := newPlace(t)
	id := longAgo(p)
	record(p, newID(), eventlog.Command{}, placed(newID()))
	before := p.prints("events", "tail", "--json")
	require.Contains(t, p.prints("lake", "export"), "2 events of 1 aggregates would leave the hub")
	require.Contains(t, p.prints("lake", "export"), "2 events of 1 aggregates would leave the hub", "nothing was done")
	require.Contains(t, p.prints("lake", "export", "--do"), "2 events of 1 aggregates have left the hub: 1 files")
	require.Contains(t, p.prints("lake", "export", "--do"), "0 events of 0 aggregates have left the hub")
	require.Equal(t, before, p.prints("events", "tail", "--json"))
	require.Contains(t, p.prints("order", "story", id), "ordering.OrderCancelled")
	require.Contains(t, p.prints("lake", "list"), "1 to 2")
	require.Contains(t, p.prints("lake", "verify"), "1 files with 2 events are as they were written")

	var listed []struct {
		Segments []struct {
			Name string `json:"name"`
		} `json:"segments"`
	}
	require.NoError(t, json.Unmarshal([]byte(p.prints("lake", "list", "--json")), &listed))
	file := filepath.Join(p.dir, "lake", listed[0].Segments[0].Name)
	require.NoError(t, os.WriteFile(file+".stray.parquet", nil, 0o600))
	require.Contains(t, p.prints("lake", "verify"), "of no export: events/")
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	content[len(content)/2] ^= 1
	require.NoError(t, os.WriteFile(file, content, 0o600))
	require.Equal(t, "the lake is damaged", p.fails("lake", "verify"))
	require.NoError(t, os.Remove(file))
	require.Equal(t, "the lake is damaged", p.fails("lake", "verify"))
}

func TestTheAgeOfWhatLeavesIsBounded(t *testing.T) {
	_, _, err := command(t.Context(), []string{"TIFFIN_DATA_DIR=" + t.TempDir(), "TIFFIN_LAKE_AGE=24h"}, "lake", "export")
	require.ErrorContains(t, err, "TIFFIN_LAKE_AGE: 24h0m0s is less than 72h0m0s")
}
