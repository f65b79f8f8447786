package view

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"

	"tiffin/platform/position"
	"tiffin/platform/problem"
)

// version runs a version of the view, which notes of each event what it is.
func (c *cell) version(version int, options ...func(*Options)) (v *View[trail], stop func() error) {
	c.Helper()
	o := Options{BFF: "customer", NATS: c.nc, Faults: c.faults, Logger: slog.New(slog.DiscardHandler), WaitBound: 30 * time.Second, LeaseTTL: 100 * time.Millisecond}
	for _, set := range options {
		set(&o)
	}
	spec := fixed("trails")
	spec.Version = version
	v, err := New(c.log, c.db, spec, o)
	require.NoError(c, err)
	ctx, cancel := context.WithCancel(c.Context())
	ended := make(chan error, 1)
	go func() { ended <- v.Run(ctx) }()
	stopped := false
	stop = func() error {
		if stopped {
			return nil
		}
		stopped = true
		cancel()
		return <-ended
	}
	c.Cleanup(func() { _ = stop() })
	return v, stop
}

func grace(d time.Duration) func(*Options) { return func(o *Options) { o.Grace = d } }

// A release is rolled out replica by replica, taken back, and rolled out again.
func TestVersionsServeSideBySideAndGoWhenNobodyReadsThem(t *testing.T) {
	c := newCell(t)
	const short = 500 * time.Millisecond
	order := ulid.Make().String()
	at := c.append(t.Context(), order, cancelled("saffron", "late"))
	old, stopOld := c.version(1, grace(short))
	requireCurrent(t, old, at)
	young, stopYoung := c.version(2, grace(short))
	requireCurrent(t, young, at)
	// A token of either is honoured by the other, while both go on.
	for range 20 {
		at = c.append(t.Context(), order, cancelled("saffron", "again"))
		token := position.Token{"ordering": at}
		for _, v := range []*View[trail]{young, old, young} {
			stale, err := v.WaitFor(t.Context(), token)
			require.NoError(t, err)
			require.False(t, stale)
			_, there, _, err := v.Get(t.Context(), order)
			require.NoError(t, err)
			require.GreaterOrEqual(t, there, at)
			token = token.Merge(v.Seen())
		}
	}
	there, err := ReadVersions(t.Context(), c.db, "trails")
	require.NoError(t, err)
	require.Len(t, there, 2)
	for _, s := range there {
		require.Equal(t, 1, s.Readers)
	}
	// As long as somebody reads both, both stay, however long that is.
	began := time.Now()
	require.Eventually(t, func() bool { return time.Since(began) > 3*short }, time.Minute, short/4)
	require.ElementsMatch(t, []string{"trails_v1", "trails_v2"}, c.collections())

	require.ErrorIs(t, stopYoung(), context.Canceled)
	require.Eventually(t, func() bool { return len(c.collections()) == 1 }, 30*time.Second, 10*time.Millisecond)
	require.Equal(t, []string{"trails_v1"}, c.collections(), "the newer is dropped as the older would be, once the release is taken back")
	young, _ = c.version(2, grace(short))
	requireCurrent(t, young, at)
	require.Equal(t, 2, young.Status().Generation, "it is built anew")
	require.ErrorIs(t, stopOld(), context.Canceled)
	require.Eventually(t, func() bool { return len(c.collections()) == 1 }, 30*time.Second, 10*time.Millisecond)
	require.Equal(t, []string{"trails_v2_g2"}, c.collections())
	require.Equal(t, replayed(t, fixed("trails"), c.read(at), at), stored(t.Context(), t, young.Collection()))
}

func TestWithinTheGraceAReleaseIsTakenBackWithoutBuildingAnything(t *testing.T) {
	c := newCell(t)
	at := c.append(t.Context(), ulid.Make().String(), cancelled("saffron", "late"))
	old, stop := c.version(1)
	requireCurrent(t, old, at)
	young, _ := c.version(2)
	requireCurrent(t, young, at)
	require.ErrorIs(t, stop(), context.Canceled)
	again, err := New(c.log, c.db, fixed("trails"), Options{BFF: "customer", Logger: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	_, err = again.attend(t.Context())
	require.NoError(t, err)
	require.Equal(t, at, again.Status().Position)
	require.Equal(t, 1, again.Status().Generation)
}

// A replica was paused for so long that its version was retired. It answers nothing that is no longer there, and ends.
func TestWhoWasSilentForLongServesNothingThatIsGone(t *testing.T) {
	c := newCell(t)
	order := ulid.Make().String()
	at := c.append(t.Context(), order, cancelled("saffron", "late"))
	v, _ := c.version(1)
	requireCurrent(t, v, at)
	paused, err := New(c.log, c.db, fixed("trails"), Options{BFF: "customer", Logger: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	_, err = paused.attend(t.Context())
	require.NoError(t, err)
	paused.ready, paused.attended = true, time.Now().Add(-time.Hour)
	_, _, found, err := paused.Get(t.Context(), order)
	require.NoError(t, err)
	require.True(t, found, "it looks again")

	paused.active, paused.attended = true, time.Now().Add(-time.Hour) // it takes itself for the applier
	seen, err := v.lease.read(t.Context())
	require.NoError(t, err)
	for retired := false; !retired; {
		retired, err = v.lease.retire(t.Context(), seen)
		require.NoError(t, err)
		seen, err = v.lease.read(t.Context())
		require.NoError(t, err)
	}
	_, _, _, err = paused.Get(t.Context(), order)
	var p *problem.Problem
	require.ErrorAs(t, err, &p)
	require.Equal(t, "VIEW_AWAY", p.Code)
	paused.active = false
	require.ErrorIs(t, paused.Run(t.Context()), ErrRetired)
}

func TestASignOfLifeAtTheLastMomentKeepsAVersion(t *testing.T) {
	c := newCell(t)
	l := lease{collection: c.db.Collection(checkpoints), id: "trails_v1", holder: "reader"}
	took, err := l.take(t.Context(), checkpoint{})
	require.NoError(t, err)
	require.True(t, took)
	seen, err := l.read(t.Context())
	require.NoError(t, err)
	_, err = l.attend(t.Context())
	require.NoError(t, err)
	retired, err := l.retire(t.Context(), seen)
	require.NoError(t, err)
	require.False(t, retired)
}
