package lease_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"tiffin/platform/hub/hubtest"
	"tiffin/platform/lease"
)

func bucket(t *testing.T) jetstream.KeyValue {
	js, err := jetstream.New(hubtest.Connect(t))
	require.NoError(t, err)
	kv, err := js.CreateKeyValue(t.Context(), jetstream.KeyValueConfig{Bucket: "leases"})
	require.NoError(t, err)
	return kv
}

// candidate runs for the lease until stopped, and tells what it was given.
type candidate struct {
	held    chan *lease.Lease[uint64]
	ended   chan error
	stopped chan error
	stop    context.CancelFunc
	// others is told when another holder is seen to live.
	others chan struct{}
}

func run(t *testing.T, kv jetstream.KeyValue) *candidate {
	ctx, stop := context.WithCancel(t.Context())
	c := &candidate{held: make(chan *lease.Lease[uint64]), ended: make(chan error, 8), stopped: make(chan error, 1), stop: stop, others: make(chan struct{}, 1)}
	go func() {
		elsewhere := func() {
			select {
			case c.others <- struct{}{}:
			default:
			}
		}
		c.stopped <- lease.Run(ctx, lease.Options{Bucket: kv, Key: "work", Silence: 200 * time.Millisecond, Elsewhere: elsewhere},
			func(ctx context.Context, l *lease.Lease[uint64]) error {
				select {
				case c.held <- l:
				case <-ctx.Done():
				}
				<-ctx.Done()
				c.ended <- context.Cause(ctx)
				return ctx.Err()
			})
	}()
	t.Cleanup(stop)
	return c
}

func TestOneHoldsAndTheNextGoesOnWhereItGot(t *testing.T) {
	kv := bucket(t)
	first := run(t, kv)
	l := <-first.held
	require.NoError(t, l.Move(t.Context(), 7))
	require.Empty(t, first.others)
	second := run(t, kv)
	<-second.others
	first.stop()
	require.ErrorIs(t, <-first.stopped, context.Canceled)
	l = <-second.held
	require.EqualValues(t, 7, l.Position())
	second.stop()
	require.ErrorIs(t, <-second.stopped, context.Canceled)
}

func TestAHolderThatWasFollowedIsFenced(t *testing.T) {
	kv := bucket(t)
	c := run(t, kv)
	l := <-c.held
	require.NoError(t, l.Move(t.Context(), 3))
	_, err := kv.Put(t.Context(), "work", []byte(`{"holder":"another","position":9}`)) // as one that took over writes
	require.NoError(t, err)
	require.ErrorIs(t, <-c.ended, lease.ErrLost)
	require.ErrorIs(t, l.Move(t.Context(), 4), lease.ErrLost)
	l = <-c.held // the other is silent: it is this one's turn again
	require.EqualValues(t, 9, l.Position())
	c.stop()
	require.ErrorIs(t, <-c.stopped, context.Canceled)
}

func TestWhatIsSilentIsTakenOver(t *testing.T) {
	kv := bucket(t)
	_, err := kv.Put(t.Context(), "work", []byte(`{"holder":"who crashed","position":9}`))
	require.NoError(t, err)
	c := run(t, kv)
	require.EqualValues(t, 9, (<-c.held).Position())
	require.Empty(t, c.others, "it gave no sign of life")
	c.stop()
	require.ErrorIs(t, <-c.stopped, context.Canceled)
}

func TestAnErrorOfTheWorkIsReturned(t *testing.T) {
	broken := errors.New("broken")
	err := lease.Run(t.Context(), lease.Options{Bucket: bucket(t), Key: "work"},
		func(context.Context, *lease.Lease[uint64]) error { return broken })
	require.ErrorIs(t, err, broken)
}
