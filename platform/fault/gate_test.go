package fault

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"tiffin/platform/eventlog"
)

var process = Consumer{Kind: Process, Owner: "fulfilment", Name: "processes", Version: 1}

// passing is a consumer that keeps what it has processed, and can't process what is poison.
type passing struct {
	*testing.T
	*Gate
	store     *Store
	poison    map[uint64]bool
	processed map[string][]uint64
}

func newPassing(t *testing.T, s *Store) *passing {
	t.Helper()
	g, err := s.Gate(t.Context(), process, func(context.Context, eventlog.Record) ([]string, error) { return []string{"Ada"}, nil })
	require.NoError(t, err)
	return &passing{t, g, s, map[uint64]bool{}, map[string][]uint64{}}
}

func (p *passing) process(key string, at uint64) error {
	if p.poison[at] {
		panic("no menu for Ada")
	}
	p.processed[key] = append(p.processed[key], at)
	return nil
}

func (p *passing) pass(key string, at uint64) (parked bool) {
	p.Helper()
	parked, err := p.Pass(p.Context(), Key{Instance, key}, record(at), func() error { return p.process(key, at) })
	require.NoError(p, err)
	return parked
}

// again resubmits what is parked for a.
func (p *passing) again(dryRun bool) Outcome {
	const key = "a"
	p.Helper()
	out, err := p.Resubmit(p.Context(), Request{FaultID: ID(process, Key{Instance, key}), DryRun: dryRun}, func(e Entry) error {
		if dryRun {
			if p.poison[e.Event.Position] {
				return Poisoned(errors.New("no menu"))
			}
			return nil
		}
		return p.process(key, e.Event.Position)
	})
	require.NoError(p, err)
	return out
}

func record(at uint64) eventlog.Record { return parked("x", at, "").Event }

func TestWhatFollowsPoisonWaitsForItInOrder(t *testing.T) {
	p := newPassing(t, open(t))
	p.poison[2] = true
	require.False(t, p.pass("a", 1))
	require.True(t, p.pass("a", 2))
	require.True(t, p.pass("a", 3))
	require.False(t, p.pass("b", 4))
	require.True(t, p.pass("a", 5))
	require.True(t, p.Closed(Key{Instance, "a"}))
	require.Equal(t, map[string][]uint64{"a": {1}, "b": {4}}, p.processed)

	p.Gate = newPassing(t, p.store).Gate // a successor's
	require.True(t, p.pass("a", 5), "what a successor is shown again")
	require.True(t, p.pass("a", 6))
	out := p.again(false)
	require.Equal(t, uint64(2), out.At)
	require.Equal(t, "panic: no menu for [REDACTED]", out.Error)
	told, err := p.store.Sequence(t.Context(), ID(process, Key{Instance, "a"}))
	require.NoError(t, err)
	require.Equal(t, out.Error, told[0].Error)
	require.Contains(t, told[0].Stack, "gate_test.go")
	woken := 0
	require.True(t, p.Wait(Key{Instance, "a"}, func() { woken++ }))
	require.False(t, p.Wait(Key{Instance, "b"}, func() { woken++ }), "which flows")

	delete(p.poison, 2)
	require.Equal(t, Outcome{Processed: 4, Resolved: true}, p.again(true))
	require.Equal(t, []uint64{1}, p.processed["a"], "a dry run changes nothing")
	require.Zero(t, woken)
	require.Equal(t, Outcome{Processed: 4, Resolved: true}, p.again(false))
	require.Equal(t, 1, woken)
	require.False(t, p.pass("a", 7))
	require.Equal(t, []uint64{1, 2, 3, 5, 6, 7}, p.processed["a"])
	require.Equal(t, Outcome{Resolved: true}, p.again(false))
}

func TestWhatIsParkedWhileASequenceIsProcessedIsProcessedToo(t *testing.T) {
	p := newPassing(t, open(t))
	p.poison[2] = true
	require.True(t, p.pass("a", 2))
	delete(p.poison, 2)
	out, err := p.Resubmit(t.Context(), Request{FaultID: ID(process, Key{Instance, "a"})}, func(e Entry) error {
		if e.Event.Position == 2 {
			require.True(t, p.pass("a", 3), "the key does not flow yet")
			require.True(t, p.pass("a", 1), "though it stands earlier in the log")
		}
		return p.process("a", e.Event.Position)
	})
	require.NoError(t, err)
	require.Equal(t, Outcome{Processed: 3, Resolved: true}, out)
	require.Equal(t, []uint64{2, 1, 3}, p.processed["a"])
}

func TestWhatMayPassIsNotParked(t *testing.T) {
	p := newPassing(t, open(t))
	away := errors.New("away")
	parked, err := p.Pass(t.Context(), Key{Instance, "a"}, record(1), func() error { return away })
	require.ErrorIs(t, err, away)
	require.False(t, parked)
	require.False(t, p.Closed(Key{Instance, "a"}))

	p.poison[1] = true
	require.True(t, p.pass("a", 1))
	require.True(t, p.pass("a", 2))
	_, err = p.Resubmit(t.Context(), Request{FaultID: ID(process, Key{Instance, "a"})}, func(Entry) error { return away })
	require.ErrorIs(t, err, away)
	left, err := p.store.Sequence(t.Context(), ID(process, Key{Instance, "a"}))
	require.NoError(t, err)
	require.Len(t, left, 2)

	// Others are not to wait for what is away.
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() {
		served <- p.Serve(ctx, func(context.Context, Request) func(Entry) error { return func(Entry) error { return away } })
	}()
	var got []Outcome
	require.NoError(t, p.store.Resubmit(t.Context(), Query{}, Resubmission{Done: func(_ Fault, o Outcome) { got = append(got, o) }}))
	require.Equal(t, []Outcome{{Error: "away"}}, got)
	cancel()
	require.ErrorIs(t, <-served, context.Canceled)
}

func TestWhatCantBeParkedIsNotPassedOver(t *testing.T) {
	p := newPassing(t, open(t))
	require.NoError(t, p.store.js.DeleteStream(t.Context(), Stream))
	parked, err := p.Pass(t.Context(), Key{Instance, "a"}, record(1), func() error { return Poisoned(errors.New("no")) })
	require.Error(t, err)
	require.False(t, parked)
	require.False(t, p.Closed(Key{Instance, "a"}), "nothing stands before what comes next")
}
