package eventlog_test

import (
	"errors"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/hub/hubtest"
)

// An append whose answer was lost is settled by its event's id: it is in the log once, and its command answers so; where
// somebody else was faster, that is a conflict, and the command is decided anew.
func TestUnknownOutcomesAreSettled(t *testing.T) {
	t.Run("one server", func(t *testing.T) { settleAll(t, hubtest.Connect(t)) })
	t.Run("three servers", func(t *testing.T) { settleAll(t, hubtest.NewCluster(t).Connect(), replicated) })
}

// storm is an aggregate behind a line that loses things, and another writer whose line is good.
type storm struct {
	*testing.T
	relay  *relay
	js     jetstream.JetStream
	other  *tallies
	log    *eventlog.Log
	id     string
	before uint64
}

func settleAll(t *testing.T, nc *nats.Conn, set ...func(*eventlog.Options)) {
	js, err := jetstream.New(nc)
	require.NoError(t, err)
	for name, c := range map[string]struct {
		lose direction
		// meanwhile happens after the append was stored or lost, and before the line is back.
		meanwhile func(s *storm)
		// reasons are what the log then holds of the aggregate, and decided how often the command was decided.
		reasons []string
		decided int
	}{
		"the answer is lost": {answers, (*storm).stored, []string{"first", "mine"}, 1},
		"the answer is lost, and others went on": {answers, func(s *storm) {
			s.stored()
			s.overtake()
		}, []string{"first", "mine", "other"}, 1},
		"the answer is lost, and the server has forgotten the id": {answers, func(s *storm) {
			s.stored()
			s.forget()
		}, []string{"first", "mine"}, 1},
		"the answer is lost, the id is forgotten, and others went on": {answers, func(s *storm) {
			s.stored()
			s.overtake()
			s.forget()
		}, []string{"first", "mine", "other"}, 1},
		"the request is lost": {requests, (*storm).swallowed, []string{"first", "mine"}, 1},
		"the request is lost, and others were faster": {requests, func(s *storm) {
			s.swallowed()
			s.overtake()
		}, []string{"first", "other", "mine"}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			s := &storm{T: t, js: js, log: eventlogtest.On(t, nc, set...), id: ulid.Make().String(), relay: newRelay(t, nc.ConnectedUrl())}
			s.other = newTallies(s.log)
			orders := newTallies(eventlogtest.On(t, s.relay.connect(t), set...))
			t.Parallel() // after opening, which sets the stream's window back
			s.window(100 * time.Millisecond)
			// From now on it knows the aggregate, so that all it sends is the append.
			var err error
			s.before, err = orders.Create(t.Context(), s.id, say("first"))
			require.NoError(t, err)

			s.relay.loseAll(c.lose)
			decided, at, ended := 0, uint64(0), make(chan error, 1)
			go func() {
				// Without a command id: nothing but the event's own id tells that it was stored.
				var err error
				at, err = orders.Execute(t.Context(), s.id, func(tally) (*orderingv1.OrderEvent, error) {
					decided++
					return cancelled("mine"), nil
				})
				ended <- err
			}()
			c.meanwhile(s)
			s.relay.hangUp()
			require.NoError(t, <-ended)
			got := look(t, s.log, s.id)
			require.Equal(t, c.reasons, got.reasons)
			require.Equal(t, c.decided, decided)
			for i, reason := range got.reasons {
				if reason == "mine" {
					require.Equal(t, got.positions[i], at)
				}
			}
		})
	}
}

// last is the aggregate's last position, as some replica knows it; 0 where it has not heard of it.
func (s *storm) last() uint64 {
	s.Helper()
	stream, err := s.js.Stream(s.Context(), eventlog.Stream)
	require.NoError(s, err)
	m, err := stream.GetLastMsgForSubject(s.Context(), "evt.ordering."+s.id)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return 0
	}
	require.NoError(s, err)
	return m.Sequence
}

// stored waits until the server has the event whose acknowledgement is lost.
func (s *storm) stored() {
	s.Helper()
	require.Eventually(s, func() bool { return s.last() > s.before && s.relay.hasLost() }, 30*time.Second, time.Millisecond)
}

// swallowed waits until the append was lost on its way.
func (s *storm) swallowed() {
	s.Helper()
	require.Eventually(s, s.relay.hasLost, 30*time.Second, time.Millisecond)
	require.LessOrEqual(s, s.last(), s.before)
}

// overtake appends to the same aggregate from elsewhere.
func (s *storm) overtake() {
	s.Helper()
	_, err := s.other.Execute(s.Context(), s.id, say("other"))
	require.NoError(s, err)
}

// window sets how long the server knows an id again.
func (s *storm) window(d time.Duration) {
	s.Helper()
	stream, err := s.js.Stream(s.Context(), eventlog.Stream)
	require.NoError(s, err)
	config := stream.CachedInfo().Config
	config.Duplicates = d
	_, err = s.js.UpdateStream(s.Context(), config)
	require.NoError(s, err)
}

// forget waits until the server has forgotten an id that is younger than the event's.
func (s *storm) forget() {
	s.Helper()
	id, published := ulid.Make().String(), 0
	require.Eventually(s, func() bool {
		ack, err := s.js.Publish(s.Context(), "evt.probe."+id, nil, jetstream.WithMsgID(id))
		require.NoError(s, err)
		if !ack.Duplicate {
			published++
		}
		return published == 2
	}, 30*time.Second, 10*time.Millisecond)
}
