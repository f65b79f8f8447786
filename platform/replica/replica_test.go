package replica_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"

	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/replica"
)

func TestPoisonParksItsAggregateAndNothingElse(t *testing.T) {
	s := newShop(t)
	bad, good := ulid.Make().String(), ulid.Make().String()
	code := release{"poison": true}
	s.cancel(bad, "before")
	first := s.cancel(bad, "poison")
	s.cancel(good, "late")
	second := s.cancel(bad, "behind")
	r, _ := s.start(code)
	s.reached(r, second)
	third := s.cancel(bad, "behind, too")
	last := s.cancel(good, "later")
	s.reached(r, last)
	s.requireOf(r, good, "late", "later")
	_, err := r.Of(bad)
	require.ErrorIs(t, err, replica.ErrBehind)
	r.Each(func(id string, _ reasons) { require.Equal(t, good, id) })
	parked := map[string][]uint64{faultOf(bad): {first, second, third}}
	require.Equal(t, parked, s.parked())
	told, err := s.faults.Sequence(t.Context(), faultOf(bad))
	require.NoError(t, err)
	require.Contains(t, told[0].Error, "panic: poison")
	require.Contains(t, told[0].Stack, "replica/main_test.go", "where it went wrong")
	require.Empty(t, told[1].Error)

	require.Equal(t, []fault.Outcome{{At: first, Error: told[0].Error}}, s.resubmit(false), "nothing was put right")
	require.Equal(t, parked, s.parked())
	delete(code, "poison") // as if the code had been replaced
	require.Equal(t, []fault.Outcome{{Processed: 3, Resolved: true}}, s.resubmit(true))
	require.Equal(t, parked, s.parked(), "a dry run changes nothing")
	_, err = r.Of(bad)
	require.ErrorIs(t, err, replica.ErrBehind)
	require.Equal(t, []fault.Outcome{{Processed: 3, Resolved: true}}, s.resubmit(false))
	require.Empty(t, s.parked())
	s.reached(r, s.cancel(bad, "after"))
	s.requireOf(r, bad, "before", "poison", "behind", "behind, too", "after")
	require.Empty(t, s.parked())
}

func TestWhatIsLeftOfASequenceStaysParkedInOrder(t *testing.T) {
	s := newShop(t)
	id := ulid.Make().String()
	code := release{"poison": true, "venom": true}
	for _, reason := range []string{"poison", "between"} {
		s.cancel(id, reason)
	}
	third, last := s.cancel(id, "venom"), s.cancel(id, "behind")
	r, _ := s.start(code)
	s.reached(r, last)
	delete(code, "poison")
	out := s.resubmit(false)
	require.Len(t, out, 1)
	require.Equal(t, 2, out[0].Processed)
	require.Equal(t, third, out[0].At)
	require.Equal(t, map[string][]uint64{faultOf(id): {third, last}}, s.parked())
	told, err := s.faults.Sequence(t.Context(), faultOf(id))
	require.NoError(t, err)
	require.Contains(t, told[0].Error, "venom")
	delete(code, "venom")
	require.True(t, s.resubmit(false)[0].Resolved)
	s.requireOf(r, id, "poison", "between", "venom", "behind")
}

func TestAReplicaThatStartsParksTheSameAgain(t *testing.T) {
	s := newShop(t)
	id := ulid.Make().String()
	s.cancel(id, "poison")
	last := s.cancel(id, "behind")
	r, stop := s.start(release{"poison": true})
	s.reached(r, last)
	before := s.parked()
	require.Len(t, before[faultOf(id)], 2)
	stop()

	r, stop = s.start(release{"poison": true})
	s.reached(r, last)
	require.Equal(t, before, s.parked())
	_, err := r.Of(id)
	require.ErrorIs(t, err, replica.ErrBehind)
	stop()

	r, _ = s.start(release{})
	s.reached(r, last)
	s.requireOf(r, id, "poison", "behind")
	require.True(t, s.resubmit(false)[0].Resolved)
	require.Empty(t, s.parked())
}

// Each instance of a service has a replica of its own: one may run a release that the fix is not in yet.
func TestAFaultStaysAsLongAsAnyInstanceHasIt(t *testing.T) {
	s := newShop(t)
	id := ulid.Make().String()
	s.cancel(id, "poison")
	last := s.cancel(id, "behind")
	code := release{"poison": true}
	older, stop := s.start(code)
	s.reached(older, last)
	newer, _ := s.start(release{})
	s.reached(newer, last)
	s.requireOf(newer, id, "poison", "behind")
	_, err := older.Of(id)
	require.ErrorIs(t, err, replica.ErrBehind)
	for range 5 {
		s.resubmit(false)
		require.Eventually(t, func() bool { return s.count() == 2 }, patience, time.Millisecond)
	}
	stop()
	require.True(t, s.resubmit(false)[0].Resolved)
	require.Zero(t, s.count())
}

func TestWithoutAPlaceToParkTheReplicaWaits(t *testing.T) {
	s := newShop(t)
	js, err := s.nc.JetStream()
	require.NoError(t, err)
	bad, good := ulid.Make().String(), ulid.Make().String()
	r, _ := s.start(release{"poison": true})
	s.reached(r, s.cancel(good, "first"))
	kept, err := js.StreamInfo(fault.Stream)
	require.NoError(t, err)
	require.NoError(t, js.DeleteStream(fault.Stream))
	at := s.cancel(bad, "poison")
	last := s.cancel(good, "second")
	require.Never(t, func() bool { return r.Position() >= at }, 3*replica.FirstPause, replica.FirstPause)
	s.requireOf(r, good, "first")
	_, err = js.AddStream(&kept.Config)
	require.NoError(t, err)
	s.reached(r, last)
	require.Equal(t, map[string][]uint64{faultOf(bad): {at}}, s.parked())
}

func TestWhatCantBeReadIsPoisonAndANewerEventWhatThePolicySays(t *testing.T) {
	s := newShop(t)
	broken, newer := ulid.Make().String(), ulid.Make().String()
	s.cancel(newer, "early")
	require.NoError(t, s.nc.Publish("evt.ordering."+broken, []byte{0xff}))
	require.NoError(t, s.nc.PublishMsg(&nats.Msg{Subject: "evt.ordering." + newer, Data: []byte{0xf2, 0x3f, 0}, Header: nats.Header{
		"ce-id": {ulid.Make().String()}, "ce-type": {"ordering.OrderTeleported"}, "ce-time": {"2030-01-02T03:04:05Z"},
	}}))
	require.NoError(t, s.nc.Flush())
	last := s.cancel(ulid.Make().String(), "late")
	held, _ := s.start(release{})
	ignored, _ := s.start(release{}, func(spec *replica.Spec[reasons]) { spec.Name, spec.Newer = "others", eventlog.IgnoreNewer })
	for _, r := range []*replica.Replica[reasons]{held, ignored} {
		s.reached(r, last)
		_, err := r.Of(broken)
		require.ErrorIs(t, err, replica.ErrBehind)
	}
	_, err := held.Of(newer)
	require.ErrorIs(t, err, replica.ErrBehind)
	s.requireOf(ignored, newer, "early")
}

func TestNothingIsKnownBeforeTheLogWasRead(t *testing.T) {
	s := newShop(t)
	r := replica.New(s.log, replica.Spec[reasons]{Owner: "Kitchen", Name: "reasons", Domain: &event{}, Fold: release{}.fold}, replica.Options{})
	_, err := r.Of("x")
	require.ErrorIs(t, err, replica.ErrNotReady)
	require.False(t, r.Ready())
	require.ErrorContains(t, r.Run(t.Context()), "must match")
}

// replay asks all instances to take events into account once more.
func (s *shop) replay(dryRun bool, positions ...uint64) fault.Replayed {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), patience)
	defer cancel()
	consumer := fault.Consumer{Kind: fault.Replica, Owner: "kitchen", Name: "reasons", Version: 1}
	out, err := s.faults.Replay(ctx, consumer, fault.Replay{Positions: positions, DryRun: dryRun}, func(uint64, uint64) {})
	require.NoError(s, err)
	return out
}

// marked is folding with a side effect, for once, so that it shows what was folded again.
func marked(generation *atomic.Int32) func(*replica.Spec[reasons]) {
	return func(spec *replica.Spec[reasons]) {
		fold := spec.Fold
		spec.Fold = func(r reasons, e eventlog.Event) (reasons, error) {
			r, err := fold(r, e)
			r[len(r)-1] += fmt.Sprint(" ", generation.Load())
			return r, err
		}
	}
}

func TestAReplayForgetsAndReadsAgainOnEveryInstance(t *testing.T) {
	s := newShop(t)
	chosen, other := ulid.Make().String(), ulid.Make().String()
	at := s.cancel(chosen, "one")
	s.cancel(other, "two")
	last := s.cancel(chosen, "three")
	var generation atomic.Int32
	one, _ := s.start(release{}, marked(&generation))
	two, _ := s.start(release{}, marked(&generation))
	s.reached(one, last)
	s.reached(two, last)
	generation.Add(1)
	require.Equal(t, fault.Replayed{Concern: 1, Keys: 1}, s.replay(true, at))
	s.requireOf(one, chosen, "one 0", "three 0")
	require.Equal(t, fault.Replayed{Concern: 1, Keys: 1}, s.replay(false, at, last+1000))
	for _, r := range []*replica.Replica[reasons]{one, two} {
		require.Eventually(t, func() bool {
			got, err := r.Of(chosen)
			return err == nil && slices.Equal(got, reasons{"one 1", "three 1"})
		}, patience, time.Millisecond)
		s.requireOf(r, other, "two 0")
	}
	s.reached(one, s.cancel(chosen, "four"))
	s.requireOf(one, chosen, "one 1", "three 1", "four 1")
}

// The first answer may come while another instance still reads the log, some of it as it was before.
func TestAReplayReachesAnInstanceThatIsStillReadingTheLog(t *testing.T) {
	s := newShop(t)
	id := ulid.Make().String()
	at := s.cancel(id, "one")
	last := s.cancel(id, "two")
	var generation atomic.Int32
	one, _ := s.start(release{}, marked(&generation))
	s.reached(one, last)
	halfway, goOn := make(chan struct{}), make(chan struct{})
	var once sync.Once
	two, _ := s.start(release{}, marked(&generation), func(spec *replica.Spec[reasons]) {
		fold := spec.Fold
		spec.Fold = func(r reasons, e eventlog.Event) (reasons, error) {
			if e.Position == last {
				once.Do(func() {
					close(halfway)
					<-goOn
				})
			}
			return fold(r, e)
		}
	})
	wake := sync.OnceFunc(func() { close(goOn) })
	t.Cleanup(wake)
	<-halfway
	generation.Add(1)
	require.Equal(t, fault.Replayed{Concern: 1, Keys: 1}, s.replay(false, at))
	wake()
	require.Eventually(t, func() bool {
		got, err := two.Of(id)
		return err == nil && slices.Equal(got, reasons{"one 1", "two 1"})
	}, patience, time.Millisecond)
}

func TestAReplayLeavesWhatStandsBehindAFaultToResubmission(t *testing.T) {
	s := newShop(t)
	bad, good := ulid.Make().String(), ulid.Make().String()
	code := release{"poison": true}
	first := s.cancel(bad, "poison")
	last := s.cancel(good, "venom")
	r, _ := s.start(code)
	s.reached(r, last)
	delete(code, "poison")
	for _, dryRun := range []bool{true, false} {
		require.Equal(t, fault.Replayed{Concern: 1, Keys: 1, Behind: 1}, s.replay(dryRun, first))
	}
	require.Equal(t, 1, s.count())
	code["venom"] = true
	require.Equal(t, fault.Replayed{Concern: 1, Keys: 1, Behind: 1}, s.replay(false, last))
	require.Equal(t, map[string][]uint64{faultOf(bad): {first}, faultOf(good): {last}}, s.parked(), "what it found is parked")
	_, err := r.Of(good)
	require.ErrorIs(t, err, replica.ErrBehind)
}
