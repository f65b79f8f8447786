package gateway

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/sony/gobreaker/v2"
	"github.com/stretchr/testify/require"

	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/problem"
)

// provider is a foreign system that is down until a time, and does each operation once.
type provider struct {
	mu             sync.Mutex
	upAt           time.Time
	calls, asks    int
	done           map[string]int
	underWay, most int
	// hangs lists operations that are done without an answer the first time.
	hangs map[string]bool
	// pends lists operations whose outcome the provider learns after so many questions.
	pends map[string]int
}

var errDown = errors.New("connection refused")

func (p *provider) enter() func() {
	p.underWay++
	p.most = max(p.most, p.underWay)
	p.mu.Unlock()
	time.Sleep(10 * time.Millisecond) //nolint:forbidigo // in a bubble of synctest's, where sleeping is how time passes
	p.mu.Lock()
	return func() {
		p.underWay--
		p.mu.Unlock()
	}
}

func (p *provider) Call(ctx context.Context, op Operation[string]) (bool, error) {
	p.mu.Lock()
	defer p.enter()()
	p.calls++
	if time.Now().Before(p.upAt) {
		return false, errDown
	}
	p.done[op.ID]++
	if p.hangs[op.ID] {
		p.mu.Unlock()
		<-ctx.Done()
		p.mu.Lock()
		return false, ctx.Err()
	}
	if p.pends[op.ID] > 0 {
		return false, ErrPending
	}
	return true, nil
}

func (p *provider) Ask(_ context.Context, id string) (bool, error) {
	p.mu.Lock()
	defer p.enter()()
	p.asks++
	switch {
	case time.Now().Before(p.upAt):
		return false, errDown
	case p.done[id] == 0:
		return false, ErrNeverHeard
	case p.pends[id] > 0:
		p.pends[id]--
		return false, ErrPending
	}
	return true, nil
}

// house is a gateway whose tasks are put in by hand, in a bubble of synctest's where an hour takes no time.
type house struct {
	*provider
	gateway  *Gateway[string, bool]
	tasks    *tasks[string]
	recorded map[string]int
}

func within(t *testing.T, record func(string) error, test func(*house)) {
	synctest.Test(t, func(t *testing.T) {
		h := &house{
			provider: &provider{done: map[string]int{}, hangs: map[string]bool{}, pends: map[string]int{}},
			recorded: map[string]int{}, tasks: newTasks[string](0, time.Second, time.Minute),
		}
		g, err := New(Options[string, bool]{
			Name: "test", Log: &eventlog.Log{}, Bucket: struct{ jetstream.KeyValue }{}, Provider: h.provider,
			Domain: &typev1.Money{}, Route: func(eventlog.Event) Change[string] { return Change[string]{} },
			Record: func(_ context.Context, op Operation[string], _ bool) error {
				h.mu.Lock()
				defer h.mu.Unlock()
				if err := record(op.ID); err != nil {
					return err
				}
				h.recorded[op.ID]++
				return nil
			},
			Succeeded: func(ok bool) bool { return ok }, Concurrency: 4, PerSecond: 50,
		})
		require.NoError(t, err)
		h.gateway = g
		ctx, cancel := context.WithCancel(t.Context())
		stopped := make(chan error)
		caughtUp := make(chan struct{})
		close(caughtUp)
		go func() { stopped <- g.dispatch(ctx, h.tasks, caughtUp) }()
		defer func() {
			cancel()
			require.ErrorIs(t, <-stopped, context.Canceled)
		}()
		h.mu.Lock()
		defer h.mu.Unlock()
		test(h)
	})
}

func (h *house) open(called bool, ids ...string) {
	for _, id := range ids {
		h.tasks.apply(eventlog.Event{Position: h.tasks.followed + 1}, Change[string]{Opens: id}, called)
	}
}

func gladly(string) error { return nil }

// pass lets time pass, and waits until nothing more happens at that moment; the lock shows the race detector that what is
// read in between is at rest.
func (h *house) pass(d time.Duration) {
	h.mu.Unlock()
	time.Sleep(d) //nolint:forbidigo // in a bubble of synctest's, where sleeping is how time passes
	synctest.Wait()
	h.mu.Lock()
}

func numbered(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprint("op", i)
	}
	return ids
}

func TestAProviderThatIsDownForAnHourIsLeftAloneAndThenEverythingIsDone(t *testing.T) {
	within(t, gladly, func(h *house) {
		h.upAt = time.Now().Add(time.Hour)
		ids := numbered(300)
		h.open(false, ids...)
		h.pass(59 * time.Minute)
		require.Empty(t, h.recorded)
		require.Zero(t, h.tasks.floor(), "nothing is passed over")
		require.NotEqual(t, gobreaker.StateClosed, h.gateway.breaker.State())
		// One request a rest, each of up to two questions, and what was under way when it broke.
		require.Less(t, h.calls+h.asks, 2*3600/10+20)
		h.pass(4 * time.Minute)
		require.Equal(t, gobreaker.StateClosed, h.gateway.breaker.State())
		require.Len(t, h.recorded, len(ids))
		for _, id := range ids {
			require.Equal(t, 1, h.done[id], "done once")
		}
		require.Zero(t, h.tasks.count())
		require.EqualValues(t, len(ids), h.tasks.floor())
	})
}

func TestTheBreakerOpensAndCloses(t *testing.T) {
	within(t, gladly, func(h *house) {
		h.upAt = time.Now().Add(time.Minute)
		h.open(false, numbered(10)...)
		h.pass(5 * time.Second)
		require.Equal(t, gobreaker.StateOpen, h.gateway.breaker.State())
		before := h.calls + h.asks
		h.pass(2 * time.Second)
		require.Equal(t, before, h.calls+h.asks, "an open breaker lets nothing through")
		h.pass(2 * time.Minute)
		require.Equal(t, gobreaker.StateClosed, h.gateway.breaker.State())
		require.Len(t, h.recorded, 10)
	})
}

func TestRequestsAreBounded(t *testing.T) {
	within(t, gladly, func(h *house) {
		h.open(false, numbered(1000)...)
		h.pass(10 * time.Second)
		require.LessOrEqual(t, h.calls, 10*50+5)
		require.Positive(t, h.calls)
		require.LessOrEqual(t, h.most, 4)
		h.pass(20 * time.Second)
		require.Len(t, h.recorded, 1000)
	})
}

func TestAnAnswerThatNeverComesIsAskedFor(t *testing.T) {
	within(t, gladly, func(h *house) {
		h.hangs["op0"] = true
		h.open(false, "op0")
		h.pass(time.Minute)
		require.Equal(t, 1, h.recorded["op0"])
		require.Equal(t, 1, h.calls, "it is asked about, not called again")
		require.Equal(t, 1, h.asks)
	})
}

func TestAPendingOutcomeIsAskedForAndTripsNothing(t *testing.T) {
	within(t, gladly, func(h *house) {
		h.pends["op0"] = 12
		h.open(false, "op0")
		h.pass(time.Hour)
		require.Equal(t, 1, h.recorded["op0"])
		require.Equal(t, 1, h.calls)
		require.Equal(t, gobreaker.StateClosed, h.gateway.breaker.State())
	})
}

func TestWhatAPredecessorMayHaveCalledIsAskedAboutFirst(t *testing.T) {
	within(t, gladly, func(h *house) {
		h.done["op0"] = 1
		h.open(true, "op0", "op1")
		h.pass(time.Minute)
		require.Equal(t, 1, h.done["op0"])
		require.Equal(t, 1, h.done["op1"])
		require.Len(t, h.recorded, 2)
	})
}

func TestARecordThatFailsIsTriedAgainUnlessItIsUnwanted(t *testing.T) {
	tries := map[string]int{}
	record := func(id string) error {
		tries[id]++
		switch {
		case id == "unwanted":
			return problem.Refuse("OUTCOME_CONTRADICTED", "no")
		case tries[id] < 4:
			return problem.New(problem.Unavailable, "OUTCOME_UNKNOWN", "later")
		}
		return nil
	}
	within(t, record, func(h *house) {
		h.open(false, "unwanted", "later")
		h.pass(time.Minute)
		require.Equal(t, map[string]int{"unwanted": 1, "later": 4}, tries)
		require.Equal(t, 1, h.done["later"])
		require.Zero(t, h.tasks.count())
	})
}

func TestAnOutcomeThatCameBesidesEndsTheAsking(t *testing.T) {
	within(t, gladly, func(h *house) {
		h.pends["op0"] = 1000
		h.open(false, "op0")
		h.pass(10 * time.Second)
		asks := h.asks
		h.tasks.apply(eventlog.Event{Position: 2}, Change[string]{Closes: []Closed{{OperationID: "op0", Succeeded: true}}}, false)
		h.pass(time.Hour)
		require.LessOrEqual(t, h.asks, asks+1)
		require.EqualValues(t, 2, h.tasks.floor())
	})
}
