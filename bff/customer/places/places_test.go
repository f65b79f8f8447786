package places_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"tiffin/bff/customer/places"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/location"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func at(id string, n float64) location.Position {
	return location.Position{CourierID: id, At: &typev1.Location{Latitude: n}}
}

func TestWhoFollowsOneCourierIsWokenByThatOneOnly(t *testing.T) {
	moves := make(chan location.Position)
	watch := func(ctx context.Context, handle func(location.Position), _ ...string) error {
		for {
			select {
			case p := <-moves:
				handle(p)
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	p := places.New(watch, slog.New(slog.DiscardHandler))
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- p.Run(ctx) }()
	follower := p.Follow()
	defer follower.Stop()
	follower.Turn("ben")
	moves <- at("cleo", 1)
	moves <- at("ben", 2)
	moves <- at("ben", 3)
	moves <- at("cleo", 4) // taken once all before were handled
	<-follower.Moved()
	require.Empty(t, follower.Moved(), "several moves may wake once, those of others never")
	last, known := p.Last("ben")
	require.True(t, known)
	require.InDelta(t, 3, last.At.GetLatitude(), 0)
	follower.Turn("")
	moves <- at("ben", 5)
	moves <- at("cleo", 6)
	require.Empty(t, follower.Moved())
	_, known = p.Last("nobody")
	require.False(t, known)
	stop()
	require.ErrorIs(t, <-ended, context.Canceled)
}

func TestAWatchThatBreaksIsBegunAnew(t *testing.T) {
	begun := make(chan int)
	count := 0
	watch := func(ctx context.Context, _ func(location.Position), _ ...string) error {
		count++
		begun <- count
		if count == 1 {
			return errors.New("the hub is gone")
		}
		<-ctx.Done()
		return ctx.Err()
	}
	p := places.New(watch, slog.New(slog.DiscardHandler))
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- p.Run(ctx) }()
	require.Equal(t, 1, <-begun)
	require.Equal(t, 2, <-begun)
	stop()
	require.ErrorIs(t, <-ended, context.Canceled)
}
