package eventlog_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/oklog/ulid/v2"

	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/problem"
)

// Three replicas, four writers with caches of their own on four aggregates, and the leader taken away twice: what was
// acknowledged is there once, in its place, and a command of unknown outcome is settled by repeating it.
func TestLeaderChangesLoseNothingAndDoubleNothing(t *testing.T) {
	const writers, each = 4, 60
	cluster := hubtest.NewCluster(t)
	nc := cluster.Connect()
	replicated := func(o *eventlog.Options) { o.Replicas = hubtest.Nodes }
	ids := []string{ulid.Make().String(), ulid.Make().String(), ulid.Make().String(), ulid.Make().String()}
	type place struct {
		id string
		at uint64
	}
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		done  atomic.Int64
		acked = map[place]string{}
		half  = make(chan struct{}, 2)
	)
	for w := range writers {
		orders := newTallies(eventlogtest.On(t, nc, replicated))
		wg.Go(func() {
			for i := range each {
				id, reason := ids[(w+i)%len(ids)], fmt.Sprintf("%d-%d", w, i)
				ctx := eventlog.WithCommand(t.Context(), eventlog.Command{ID: reason, Fingerprint: reason})
				for {
					at, err := orders.Execute(ctx, id, say(reason))
					if p := problem.From(err); p != nil && (p.Kind == problem.Contended || p.Kind == problem.Unavailable) {
						continue
					}
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					acked[place{id, at}] = reason
					mu.Unlock()
					break
				}
				if n := done.Add(1); n == writers*each/3 || n == 2*writers*each/3 {
					half <- struct{}{}
				}
			}
		})
	}
	for range 2 {
		<-half
		if leader := cluster.Leader(eventlog.Stream); leader >= 0 {
			cluster.Stop(leader)
			cluster.Restart(leader)
		}
	}
	wg.Wait()
	log, total := eventlogtest.On(t, nc, replicated), 0
	for _, id := range ids {
		got := look(t, log, id)
		total += len(got.reasons)
		for i, at := range got.positions {
			if acked[place{id, at}] != got.reasons[i] {
				t.Errorf("position %d holds %q, acknowledged was %q", at, got.reasons[i], acked[place{id, at}])
			}
		}
	}
	if total != writers*each || len(acked) != writers*each {
		t.Fatalf("%d events in the log, %d positions acknowledged, %d commands", total, len(acked), writers*each)
	}
}
