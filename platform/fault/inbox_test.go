package fault

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var webhooks = Consumer{Kind: Gateway, Owner: "payment", Name: "webhooks", Version: 1}

// taking is a consumer of messages that can't process those that are poison.
type taking struct {
	*testing.T
	*Inbox
	store  *Store
	mu     sync.Mutex
	poison map[string]bool
	taken  []string
}

func newTaking(t *testing.T, s *Store) *taking {
	t.Helper()
	i, err := s.Inbox(webhooks, "id")
	require.NoError(t, err)
	return &taking{T: t, Inbox: i, store: s, poison: map[string]bool{}}
}

func bodyOf(id string) []byte { return fmt.Appendf(nil, `{"id":%q,"name":"Ada Lovelace"}`, id) }

func (g *taking) process(body []byte) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	for id := range g.poison {
		if string(body) == string(bodyOf(id)) {
			return Poisoned(errors.New("who is Ada Lovelace?"))
		}
	}
	g.taken = append(g.taken, string(body))
	return nil
}

func (g *taking) fix() {
	g.mu.Lock()
	defer g.mu.Unlock()
	clear(g.poison)
}

func (g *taking) pass(about, id string) (parked bool) {
	g.Helper()
	parked, err := g.Pass(g.Context(), Incoming{ID: id, Type: "webhook", Subject: "webhooks.payment", About: about, Body: bodyOf(id)},
		func() error { return g.process(bodyOf(id)) })
	require.NoError(g, err)
	return parked
}

func (g *taking) all(ids ...string) {
	g.Helper()
	var want []string
	for _, id := range ids {
		want = append(want, string(bodyOf(id)))
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	require.Equal(g, want, g.taken)
}

// serving answers requests until the test ends.
func (g *taking) serving() {
	ctx, cancel := context.WithCancel(g.Context())
	served := make(chan error, 1)
	go func() {
		served <- g.Serve(ctx, func(_ context.Context, body []byte, dryRun bool) error {
			if dryRun {
				return nil
			}
			return g.process(body)
		})
	}()
	g.Cleanup(func() {
		cancel()
		require.ErrorIs(g, <-served, context.Canceled)
	})
}

func resubmitAll(t *testing.T, s *Store, dryRun bool) (out []Outcome) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	require.NoError(t, s.Resubmit(ctx, Query{}, Resubmission{
		DryRun: dryRun, Done: func(_ Fault, o Outcome) { out = append(out, o) },
	}))
	return out
}

func TestWhatFollowsAMessageThatCantBeProcessedWaitsForItOnAnyInstance(t *testing.T) {
	s := open(t)
	g, other := newTaking(t, s), newTaking(t, s)
	g.poison["2"], other.poison["2"] = true, true
	require.False(t, g.pass("a", "1"))
	require.True(t, g.pass("a", "2"))
	require.True(t, other.pass("a", "3"), "what another instance takes")
	require.True(t, other.pass("a", "2"), "the sender did not hear of the first answer")
	require.True(t, g.pass("a", "3"))
	require.False(t, other.pass("b", "4"), "others go on")
	g.all("1")
	other.all("4")

	list, err := s.List(t.Context(), Query{Kind: Gateway}, "", 0)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, 2, list[0].Count, "each once")
	require.Equal(t, Key{Message, "a"}, list[0].First.Key)
	require.Equal(t, "who is [REDACTED]?", list[0].First.Error)
	shown, err := list[0].First.Show()
	require.NoError(t, err)
	require.JSONEq(t, `{"id":"2","name":"[REDACTED]"}`, shown)

	g.serving()
	require.Equal(t, uint64(1), resubmitAll(t, s, false)[0].At)
	require.True(t, g.pass("a", "5"))
	g.fix()
	require.True(t, resubmitAll(t, s, true)[0].Resolved)
	require.True(t, g.pass("a", "6"), "a dry run changes nothing")
	require.Equal(t, Outcome{Processed: 4, Resolved: true}, resubmitAll(t, s, false)[0])
	require.False(t, other.pass("a", "7"))
	g.all("1", "2", "3", "5", "6")
}

func TestWhatIsAboutNobodyKnowsWhatStandsBehindItsSubject(t *testing.T) {
	g := newTaking(t, open(t))
	g.poison["1"] = true
	require.True(t, g.pass("", "1"))
	require.True(t, g.pass("", "2"))
	require.False(t, g.pass("a", "3"))
	keys, err := g.store.Keys(t.Context(), webhooks)
	require.NoError(t, err)
	require.Equal(t, []string{ID(webhooks, Key{Message, "webhooks.payment"})}, keys)
}

func TestAMessageThatMayPassIsNotParked(t *testing.T) {
	g := newTaking(t, open(t))
	away := errors.New("away")
	parked, err := g.Pass(t.Context(), Incoming{ID: "1", Subject: "webhooks.payment"}, func() error { return away })
	require.ErrorIs(t, err, away)
	require.False(t, parked)
	keys, err := g.store.Keys(t.Context(), webhooks)
	require.NoError(t, err)
	require.Empty(t, keys)
}

// Whatever comes while a sequence is processed again: nothing is left parked without a fault before it, and nothing is lost.
func TestNothingIsLeftBehindAFaultThatIsGone(t *testing.T) {
	s := open(t)
	g := newTaking(t, s)
	g.serving()
	var ids []string
	for round := range 20 {
		bad := fmt.Sprintf("%d-0", round)
		g.mu.Lock()
		g.poison[bad] = true
		g.mu.Unlock()
		require.True(t, g.pass("a", bad))
		ids = append(ids, bad)
		g.fix()
		var senders sync.WaitGroup
		for n := range 8 {
			id := fmt.Sprintf("%d-%d", round, n+1)
			ids = append(ids, id)
			senders.Go(func() { newTaking(t, s).take(g, id) })
		}
		for { // what came meanwhile may need another
			resubmitAll(t, s, false)
			senders.Wait()
			keys, err := s.Keys(t.Context(), webhooks)
			require.NoError(t, err)
			if len(keys) == 0 {
				break
			}
			list, err := s.List(t.Context(), Query{}, "", 0)
			require.NoError(t, err)
			require.NotEmpty(t, list[0].First.Error, "it stands behind nothing")
		}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	slices.Sort(g.taken)
	var want []string
	for _, id := range ids {
		want = append(want, string(bodyOf(id)))
	}
	slices.Sort(want)
	require.Equal(t, want, g.taken)
}

// take passes a message through this instance, which records it where g does.
func (g *taking) take(records *taking, id string) {
	_, err := g.Pass(g.Context(), Incoming{ID: id, Subject: "webhooks.payment", About: "a", Body: bodyOf(id)},
		func() error { return records.process(bodyOf(id)) })
	require.NoError(g, err)
}

// A holder of the lease that slept, and goes on without knowing that another has taken its place.
func TestWhatWasParkedSinceAHolderFellAsleepIsNotLostWhenItGoesOn(t *testing.T) {
	for _, c := range []struct {
		name    string
		verdict error
	}{
		{"it drops what it has processed", nil},
		{"it says why it can't process that", Poisoned(errors.New("an older release"))},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t)
			asleep, g := newTaking(t, s), newTaking(t, s)
			g.poison["1"] = true
			require.True(t, g.pass("a", "1"))
			fell, wake := make(chan struct{}), make(chan struct{})
			ended := make(chan error, 1)
			r := Request{FaultID: ID(webhooks, Key{Message, "a"})}
			go func() {
				_, err := s.again(t.Context(), r, repetition{
					process: func(e Entry) error {
						if first(e.Event.Header, hdrID) != "1" {
							return Poisoned(errors.New("who is this?"))
						}
						close(fell)
						<-wake
						return c.verdict
					},
					explain: func(_ context.Context, e *Entry, why error) error { e.Error = why.Error(); return nil },
					open:    asleep.isOpen,
				})
				ended <- err
			}()
			<-fell
			g.fix()
			g.serving()
			require.True(t, resubmitAll(t, s, false)[0].Resolved)
			g.mu.Lock()
			g.poison["2"] = true
			g.mu.Unlock()
			require.True(t, g.pass("a", "2"), "of a later sequence, in which it is the first, too")
			close(wake)
			require.NoError(t, <-ended)
			left, err := s.Sequence(t.Context(), r.FaultID)
			require.NoError(t, err)
			require.Len(t, left, 1)
			require.Equal(t, "2", first(left[0].Event.Header, hdrID))
		})
	}
}

func TestNothingIsShownOfWhatNobodyKnowsHowToRead(t *testing.T) {
	e := Entry{Key: Key{Kind: Message}}
	e.Event.Data = []byte("Ada Lovelace")
	_, err := e.Show()
	require.ErrorContains(t, err, "12 bytes")
	require.NotContains(t, err.Error(), "Ada")
	e.Event.Data, e.Shown = []byte(`{"a":[{"id":1,"n":12.50},null,true],"b":{"id":["x",false]}}`), []string{"id"}
	shown, err := e.Show()
	require.NoError(t, err)
	require.JSONEq(t, `{"a":[{"id":1,"n":"[REDACTED]"},null,"[REDACTED]"],"b":{"id":["x",false]}}`, shown)
	require.Equal(t, []string{"12.50"}, wordsOf(e.Event.Data, e.Shown), "errors may say true and false")
}
