package view

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"

	"tiffin/platform/fault"
)

// replay asks the cell's view to take events into account once more.
func (c *cell) replay(dryRun bool, positions ...uint64) fault.Replayed {
	c.Helper()
	ctx, done := context.WithTimeout(c.Context(), time.Minute)
	defer done()
	consumer := fault.Consumer{Kind: fault.View, Owner: "customer", Name: "trails", Version: 1}
	out, err := c.faults.Replay(ctx, consumer, fault.Replay{Positions: positions, DryRun: dryRun}, func(uint64, uint64) {})
	require.NoError(c, err)
	return out
}

// spoil makes a document wrong, as a bug that was there for a while would have left it.
func (c *cell) spoil(v *View[trail], id string) {
	c.Helper()
	result, err := v.Collection().UpdateOne(c.Context(), bson.D{{Key: "_id", Value: id}}, bson.D{{Key: "$set", Value: bson.D{{Key: "trail", Value: bson.A{"wrong"}}}}})
	require.NoError(c, err)
	require.EqualValues(c, 1, result.ModifiedCount)
}

func TestAReplayMakesTheDocumentsOfItsEventsAnewAndNoOthers(t *testing.T) {
	c := newCell(t)
	c.release.fixed.Store(true)
	chosen, other := ulid.Make().String(), ulid.Make().String()
	first := c.append(t.Context(), chosen, cancelled("saffron", "one"))
	c.append(t.Context(), other, cancelled("thyme", "two"))
	last := c.append(t.Context(), chosen, cancelled("saffron", "three"))
	v, _ := c.run()
	requireCurrent(t, v, last)
	for _, id := range []string{chosen, "saffron", other} {
		c.spoil(v, id)
	}
	require.Equal(t, fault.Replayed{Concern: 1, Keys: 2}, c.replay(true, first))
	d, _, _, err := v.Get(t.Context(), chosen)
	require.NoError(t, err)
	require.Equal(t, []string{"wrong"}, d.Trail, "a dry run changes nothing")

	changed, stopWatching := v.Watch(t.Context(), chosen)
	defer stopWatching()
	require.Equal(t, fault.Replayed{Concern: 1, Keys: 2}, c.replay(false, first, last+1000))
	<-changed
	for _, id := range []string{chosen, "saffron"} {
		d, at, _, err := v.Get(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, last, at)
		require.Equal(t, []string{fmt.Sprintf("%d one", first), fmt.Sprintf("%d three", last)}, d.Trail, "each event once, those that weren't chosen, too")
	}
	d, _, _, err = v.Get(t.Context(), other)
	require.NoError(t, err)
	require.Equal(t, []string{"wrong"}, d.Trail)

	after := c.append(t.Context(), chosen, cancelled("saffron", "four"))
	requireCurrent(t, v, after)
	require.Equal(t, 2, c.replay(false, first).Keys, "again")
	d, _, _, err = v.Get(t.Context(), chosen)
	require.NoError(t, err)
	require.Len(t, d.Trail, 3)
}

func TestAReplayTakesUpWhatIsParkedForItsDocumentsAndSaysWhatIsStillBehind(t *testing.T) {
	c := newCell(t)
	order := ulid.Make().String()
	at := c.append(t.Context(), order, cancelled("saffron", "poison"))
	last := c.append(t.Context(), order, cancelled("saffron", "behind"))
	v, _ := c.run()
	until(t, v, "parked", func(s Status) bool { return s.Parked == 2 && s.Position == last })
	require.Equal(t, fault.Replayed{Concern: 1, Keys: 2, Behind: 2}, c.replay(false, at))
	require.Equal(t, 2, v.Status().Parked)
	c.release.fixed.Store(true)
	require.Equal(t, fault.Replayed{Concern: 1, Keys: 2}, c.replay(false, at))
	require.Zero(t, v.Status().Parked)
	list, err := c.faults.List(t.Context(), fault.Query{}, "", 0)
	require.NoError(t, err)
	require.Empty(t, list)
	c.requireClean(v, last)
}

func TestAReplayOfWhatIsParkedForItsSubjectSaysWhatToDoInstead(t *testing.T) {
	c := newCell(t)
	order := ulid.Make().String()
	before := c.append(t.Context(), order, cancelled("saffron", "one"))
	bad := c.append(t.Context(), order, cancelled("saffron", "nowhere"))
	behind := c.append(t.Context(), order, cancelled("saffron", "three"))
	v, _ := c.run()
	until(t, v, "astray", func(s Status) bool { return s.Position == behind })
	for range 2 {
		for _, at := range []uint64{bad, behind} {
			require.Contains(t, c.replay(true, before, at).Error, "resubmitting")
			require.Contains(t, c.replay(false, at).Error, "resubmitting")
		}
		require.Equal(t, fault.Replayed{Concern: 1, Keys: 2}, c.replay(false, before))
		c.release.fixed.Store(true) // by itself that puts nothing right
	}
}
