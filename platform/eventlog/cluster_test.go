package eventlog_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"

	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/problem"
	"tiffin/platform/seal"
)

func replicated(o *eventlog.Options) { o.Replicas = hubtest.Nodes }

// weather lets four writers with caches of their own write to four aggregates of a replicated log while storms come: what
// was acknowledged must be there once, in its place, and a command of unknown outcome is settled by repeating it.
func weather(t *testing.T, nc *nats.Conn, each, storms int, storm func()) {
	t.Helper()
	const writers = 4
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
		calm  = make(chan struct{}, storms)
	)
	for w := range writers {
		orders := newTallies(eventlogtest.On(t, nc, replicated))
		wg.Go(func() {
			for i := range each {
				id, reason := ids[(w+i)%len(ids)], fmt.Sprintf("%d-%d", w, i)
				ctx := eventlog.WithCommand(t.Context(), eventlog.Command{ID: reason, Fingerprint: reason})
				at, err := untilSettled(ctx, orders, id, reason)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				if had, twice := acked[place{id, at}]; twice {
					t.Errorf("position %d was given to %s and to %s", at, had, reason)
				}
				acked[place{id, at}] = reason
				mu.Unlock()
				if n := int(done.Add(1)); n%(writers*each/(storms+1)) == 0 && n < writers*each {
					calm <- struct{}{}
				}
			}
		})
	}
	for range storms {
		<-calm
		storm()
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

// untilSettled repeats a command until it is known what became of it.
func untilSettled(ctx context.Context, orders *tallies, id, reason string) (uint64, error) {
	for {
		at, err := orders.Execute(ctx, id, say(reason))
		if p := problem.From(err); p != nil && (p.Kind == problem.Contended || p.Kind == problem.Unavailable) && ctx.Err() == nil {
			continue
		}
		return at, err
	}
}

func TestLeaderChangesLoseNothingAndDoubleNothing(t *testing.T) {
	cluster := hubtest.NewCluster(t)
	weather(t, cluster.Connect(), 60, 2, func() {
		if leader := cluster.Leader(eventlog.Stream); leader >= 0 {
			cluster.Stop(leader)
			cluster.Restart(leader)
		}
	})
}

func TestKilledLeadersLoseNothingAndDoubleNothing(t *testing.T) {
	cluster := hubtest.NewProcesses(t)
	nc := cluster.Connect()
	js, err := jetstream.New(nc)
	require.NoError(t, err)
	soon := func(what string, ok func(context.Context) bool) {
		t.Helper()
		require.Eventually(t, func() bool {
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			return ok(ctx)
		}, 30*time.Second, 20*time.Millisecond, what)
	}
	// A cluster takes streams once its members know each other.
	soon("a log", func(ctx context.Context) bool {
		_, err := eventlog.Open(ctx, nc, eventlog.Options{Keys: seal.Memory(), Replicas: hubtest.Nodes})
		return err == nil
	})
	// info waits until the log has a leader other than one node, and all its members, or enough of them.
	info := func(not, members int) (leader int) {
		soon("a leader", func(ctx context.Context) bool {
			s, err := js.Stream(ctx, eventlog.Stream)
			if err != nil || s.CachedInfo().Cluster == nil {
				return false
			}
			c := s.CachedInfo().Cluster
			current := 1
			for _, r := range c.Replicas {
				if r.Current && !r.Offline {
					current++
				}
			}
			leader = cluster.Index(c.Leader)
			return leader >= 0 && leader != not && current >= members
		})
		return leader
	}
	weather(t, nc, 100, 3, func() {
		leader := info(-1, hubtest.Nodes)
		cluster.Kill(leader)
		info(leader, hubtest.Nodes-1)
		cluster.Start(leader)
	})
}
