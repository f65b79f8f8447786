package fault

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"tiffin/platform/pause"
)

const patience = 30 * time.Second

// replayer is a consumer that takes events into account once more.
type replayer struct {
	*testing.T
	store *Store
	// got is what it was asked for, and may be begun when begin says so.
	got   chan Replay
	begin chan struct{}
}

func newReplayer(t *testing.T, s *Store) *replayer {
	t.Helper()
	return &replayer{t, s, make(chan Replay, 100), make(chan struct{}, 100)}
}

func (c *replayer) handle(ctx context.Context, r Replay, told func(done, todo uint64)) (Replayed, error) {
	c.got <- r
	select {
	case <-c.begin:
	case <-ctx.Done():
		return Replayed{}, ctx.Err()
	}
	told(1, 2)
	return Replayed{Concern: len(r.Positions)}, nil
}

// serving answers requests until the test ends or stop is called.
func (c *replayer) serving() (stop func()) { return c.doing(nil) }

// doing is serving by an instance with a state of its own.
func (c *replayer) doing(done Replays) (stop func()) {
	ctx, cancel := context.WithCancel(c.Context())
	served := make(chan error, 1)
	go func() { served <- c.store.ServeReplays(ctx, orders, done, c.handle) }()
	stop = func() {
		cancel()
		if err, open := <-served; open {
			require.ErrorIs(c, err, context.Canceled)
			close(served)
		}
	}
	c.Cleanup(stop)
	return stop
}

// next is what it was asked for next.
func (c *replayer) next() (r Replay) {
	c.Helper()
	select {
	case r = <-c.got:
	case <-time.After(patience):
		require.Fail(c, "nothing was asked for")
	}
	return r
}

type answer struct {
	out Replayed
	err error
}

// ask asks the consumer, and returns where the answer comes and how to cut it short.
func (c *replayer) ask(r Replay, told func(done, todo uint64)) (<-chan answer, func()) {
	ctx, cancel := context.WithCancel(c.Context())
	answers := make(chan answer, 1)
	before := c.asked()
	go func() {
		out, err := c.store.Replay(ctx, orders, r, told)
		answers <- answer{out, err}
	}()
	c.until(func() bool { return c.asked() > before || len(answers) > 0 })
	return answers, cancel
}

// asked is how often something was asked and not withdrawn.
func (c *replayer) asked() (n int) {
	c.Helper()
	keys, err := c.store.requests.ListKeysFiltered(c.Context(), "replay.>")
	require.NoError(c, err)
	for range keys.Keys() {
		n++
	}
	return n
}

func (c *replayer) until(so func() bool) {
	c.Helper()
	require.Eventually(c, so, patience, 10*time.Millisecond)
}

func ignored(uint64, uint64) {}

func TestWhoeverAsksForAnotherReplayTakesNobodysPlace(t *testing.T) {
	c := newReplayer(t, open(t))
	first, cancel := c.ask(Replay{Positions: []uint64{1}}, ignored)
	cancel()
	require.ErrorIs(t, (<-first).err, context.Canceled)
	dry, _ := c.ask(Replay{Positions: []uint64{1, 2}, DryRun: true}, ignored)
	last, _ := c.ask(Replay{Positions: []uint64{1, 2, 3}}, ignored)
	c.serving()
	for range 3 {
		c.begin <- struct{}{}
	}
	require.Equal(t, answer{out: Replayed{Concern: 2}}, <-dry)
	require.Equal(t, answer{out: Replayed{Concern: 3}}, <-last)
	for _, positions := range [][]uint64{{1}, {1, 2}, {1, 2, 3}} {
		require.Equal(t, positions, c.next().Positions, "in the order in which they were asked for")
	}
	c.until(func() bool { return c.asked() == 2 })
}

func TestWhoeverWaitsBehindAnotherReplayHearsThatTheConsumerIsBusy(t *testing.T) {
	s := open(t)
	c := newReplayer(t, s)
	c.ask(Replay{Positions: []uint64{1}}, ignored)
	var busy atomic.Bool
	answers, _ := c.ask(Replay{Positions: []uint64{1, 2}}, func(done, todo uint64) {
		if done == 0 && todo == 0 {
			busy.Store(true)
		}
	})
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() {
		served <- s.ServeReplays(ctx, orders, nil, func(ctx context.Context, r Replay, told func(done, todo uint64)) (Replayed, error) {
			for n := uint64(1); !busy.Load(); n++ {
				told(n, n)
				if err := pause.For(ctx, time.Millisecond); err != nil {
					return Replayed{}, err
				}
			}
			return Replayed{Concern: len(r.Positions)}, nil
		})
	}()
	require.Equal(t, answer{out: Replayed{Concern: 2}}, <-answers)
	cancel()
	require.ErrorIs(t, <-served, context.Canceled)
}

func TestADryRunIsWithdrawnWhenNobodyWaitsForItAndAReplayStays(t *testing.T) {
	c := newReplayer(t, open(t))
	for _, dryRun := range []bool{true, false} {
		answers, cancel := c.ask(Replay{Positions: []uint64{1}, DryRun: dryRun}, ignored)
		cancel()
		require.ErrorIs(t, (<-answers).err, context.Canceled)
	}
	// Withdrawn while the consumer is at it.
	answers, cancel := c.ask(Replay{Positions: []uint64{1, 2}, DryRun: true}, ignored)
	c.serving()
	require.False(t, c.next().DryRun)
	c.begin <- struct{}{}
	require.True(t, c.next().DryRun)
	cancel()
	require.ErrorIs(t, (<-answers).err, context.Canceled)
	c.begin <- struct{}{}
	next, _ := c.ask(Replay{Positions: []uint64{1, 2, 3}}, ignored)
	c.begin <- struct{}{}
	require.Equal(t, answer{out: Replayed{Concern: 3}}, <-next, "it goes on")
}

// A consumer that ends meanwhile, or fails, is asked again when it is back.
func TestAReplayWaitsForItsConsumer(t *testing.T) {
	c := newReplayer(t, open(t))
	answers, _ := c.ask(Replay{Positions: []uint64{1}}, ignored)
	away := errors.New("away")
	require.ErrorIs(t, c.store.ServeReplays(t.Context(), orders, nil, func(context.Context, Replay, func(done, todo uint64)) (Replayed, error) {
		return Replayed{}, away
	}), away)
	stop := c.serving()
	c.next()
	stop()
	c.serving()
	c.begin <- struct{}{}
	require.Equal(t, answer{out: Replayed{Concern: 1}}, <-answers)
}

// Whether it was cut off, or has only read the log when something was asked that is answered by now.
func TestAReplayIsDoneByEachInstanceThatHasAStateOfItsOwn(t *testing.T) {
	s := open(t)
	quick, slow := newReplayer(t, s), newReplayer(t, s)
	none, err := s.Replays(t.Context(), orders)
	require.NoError(t, err)
	require.Empty(t, none)
	stop := quick.doing(Replays{})
	for n := range uint64(3) {
		answers, _ := quick.ask(Replay{Positions: []uint64{n}, DryRun: n == 1}, ignored)
		quick.begin <- struct{}{}
		require.Equal(t, answer{out: Replayed{Concern: 1}}, <-answers)
	}
	stop()
	stop = slow.doing(none)
	for _, n := range []uint64{0, 2} {
		slow.begin <- struct{}{}
		require.Equal(t, []uint64{n}, slow.next().Positions)
	}
	slow.until(func() bool { return len(slow.begin) == 0 })
	stop()

	all, err := s.Replays(t.Context(), orders)
	require.NoError(t, err)
	require.Len(t, all, 2)
	fresh := newReplayer(t, s)
	waiting, cancel := fresh.ask(Replay{Positions: []uint64{3}}, ignored)
	cancel()
	require.ErrorIs(t, (<-waiting).err, context.Canceled)
	all, err = s.Replays(t.Context(), orders)
	require.NoError(t, err)
	fresh.doing(all)
	answers, _ := fresh.ask(Replay{Positions: []uint64{4}}, ignored)
	for _, n := range []uint64{3, 4} {
		fresh.begin <- struct{}{}
		require.Equal(t, []uint64{n}, fresh.next().Positions, "what nobody has answered, and what comes")
	}
	require.Equal(t, answer{out: Replayed{Concern: 1}}, <-answers)
}

// slow is a bucket in which what is written first takes long.
type slow struct {
	jetstream.KeyValue
	once  *sync.Once
	begun chan struct{}
	end   chan struct{}
}

func (b slow) Update(ctx context.Context, key string, value []byte, revision uint64) (uint64, error) {
	b.once.Do(func() {
		close(b.begun)
		select {
		case <-b.end:
		case <-ctx.Done():
		}
	})
	return b.KeyValue.Update(ctx, key, value, revision)
}

func TestTellingHowFarItIsHoldsNobodyUp(t *testing.T) {
	s := open(t)
	bucket := slow{s.requests, &sync.Once{}, make(chan struct{}), make(chan struct{})}
	s.requests = bucket
	c := newReplayer(t, s)
	answers, _ := c.ask(Replay{Positions: []uint64{1}}, ignored)
	ctx, cancel := context.WithCancel(t.Context())
	served, goOn := make(chan error, 1), make(chan struct{})
	go func() {
		served <- s.ServeReplays(ctx, orders, nil, func(_ context.Context, _ Replay, told func(done, todo uint64)) (Replayed, error) {
			told(1, 2)
			<-bucket.begun
			told(2, 2)
			close(goOn)
			return Replayed{Concern: 1}, nil
		})
	}()
	select {
	case <-goOn:
	case <-time.After(patience):
		close(bucket.end)
		require.Fail(t, "held up by what it told")
	}
	require.Equal(t, answer{out: Replayed{Concern: 1}}, <-answers)
	cancel()
	require.ErrorIs(t, <-served, context.Canceled)
}
