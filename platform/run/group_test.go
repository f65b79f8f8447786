package run_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/platform/run"
)

const ample = time.Minute

func TestPartsStopInReverseOrderEachBeforeTheNext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	g := run.NewGroup(ctx, ample)
	var order []string // without a lock: the race detector sees it if two stop at once
	for _, name := range []string{"log", "view", "listener"} {
		g.Close(name, func() error {
			order = append(order, name)
			return nil
		})
	}
	g.Go("job that ends", func(context.Context) error { return nil })
	stop()
	require.NoError(t, g.Wait())
	require.Equal(t, []string{"listener", "view", "log"}, order)
}

func TestAPartThatFailsStopsTheOthers(t *testing.T) {
	g := run.NewGroup(t.Context(), ample)
	closed := false
	g.Close("log", func() error { closed = true; return nil })
	g.Go("view", func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err() // being told to stop is no failure
	})
	broken := errors.New("broken")
	g.Go("listener", func(context.Context) error { return broken })
	err := g.Wait()
	require.ErrorIs(t, err, broken)
	require.EqualError(t, err, "listener: broken")
	require.True(t, closed)
}

func TestAStartThatFailsStopsWhatRuns(t *testing.T) {
	g := run.NewGroup(t.Context(), ample)
	closed := false
	g.Close("log", func() error { closed = true; return nil })
	require.EqualError(t, g.Stop(errors.New("no port")), "no port")
	require.True(t, closed)
	require.Error(t, g.Context().Err())
}

func TestAPartThatHangsIsNamedAndTheOthersStillStop(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	g := run.NewGroup(ctx, time.Millisecond)
	release, closed := make(chan struct{}), make(chan struct{})
	g.Close("log", func() error { close(closed); return nil })
	g.Go("stubborn", func(context.Context) error { <-release; return nil })
	stop()
	require.ErrorContains(t, g.Wait(), "stubborn did not stop")
	<-closed
	close(release)
}

func TestAProcessThatIsToldToStopWhileItStartsEndsWell(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	closed := false
	require.NoError(t, run.Parts(ctx, func(g *run.Group) error {
		g.Close("log", func() error { closed = true; return nil })
		stop()
		<-g.Context().Done()
		return g.Context().Err()
	}))
	require.True(t, closed)
}

func TestAProcessWhoseStartFailsStopsWhatItStarted(t *testing.T) {
	closed := false
	err := run.Parts(t.Context(), func(g *run.Group) error {
		g.Close("log", func() error { closed = true; return nil })
		return errors.New("no port")
	})
	require.EqualError(t, err, "no port")
	require.True(t, closed)
}
