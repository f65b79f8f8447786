package lake_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	"tiffin/platform/eventlog"
	"tiffin/platform/lake/segment"
	"tiffin/platform/lake/store"
)

// records are all events of the log, as they stand in it.
func (c *cell) records(domains ...proto.Message) (out []eventlog.Record) {
	err := c.log.Follow(c.ctx, eventlog.FollowOptions{Domains: domains, Personal: eventlog.Closed}, func(_ context.Context, b eventlog.Batch) error {
		for _, e := range b.Events {
			out = append(out, e.Record)
		}
		if b.Pending == 0 {
			return errCaughtUp
		}
		return nil
	})
	require.ErrorIs(c.t, err, errCaughtUp)
	return out
}

// Whoever exports is killed before its first step, before its second, and so on; each time another process goes on.
func TestAnExportSurvivesBeingKilledBetweenAnyTwoSteps(t *testing.T) {
	t.Parallel()
	killed := 0
	for n := 0; ; n++ {
		c := newCell(t)
		lived(c)
		before := c.records(both...)
		err := c.export(n)
		if err != nil {
			require.ErrorIs(t, err, errKilled)
			killed++
		}
		require.Equal(t, before, c.records(both...), "killed before step %d", n)
		c.open()
		require.Equal(t, before, c.records(both...))
		require.NoError(t, c.export(-1))
		require.Equal(t, before, c.records(both...))
		require.EqualValues(t, len(before)-60, c.inHub())
		if err == nil {
			break
		}
	}
	t.Logf("killed at %d steps", killed)
	require.Greater(t, killed, 20)
}

// ruined is a store whose files are not what was written.
type ruined struct{ store.Store }

func (r ruined) Put(ctx context.Context, name string, content []byte) error {
	return r.Store.Put(ctx, name, content[:len(content)-1])
}

func TestNothingLeavesTheHubThatCannotBeReadBack(t *testing.T) {
	c := newCell(t)
	lived(c)
	before := c.inHub()
	c.dir = ruined{c.dir}
	c.open()
	require.ErrorIs(t, c.export(-1), segment.ErrDamaged)
	require.Equal(t, before, c.inHub())
	require.Equal(t, c.behind(0, both...), c.follow(0, func() {}, both...))
}
