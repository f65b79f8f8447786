package views

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"

	"tiffin/platform/view"
)

// asking is rebuilding for a view that is served, and what it prints.
func (s shop) asking(set func(*rebuilding)) (string, error) {
	s.Helper()
	rebuilds, err := view.OpenRebuilds(s.Context(), s.nc, 1)
	require.NoError(s, err)
	var out strings.Builder
	r := rebuilding{hub: s.hub, database: s.database, rebuilds: rebuilds, told: io.Discard, out: &out, wait: true}
	set(&r)
	err = r.one(s.Context(), s.kept(false))
	return out.String(), err
}

func (s shop) state() State {
	s.Helper()
	states, err := s.kept(false).states(s.Context(), s.hub.Log, s.database)
	require.NoError(s, err)
	require.Len(s, states, 1)
	return states[0]
}

func TestAViewIsRebuiltAndTakenBackFromTheCommandLine(t *testing.T) {
	s := newShop(t)
	_, err := s.asking(func(*rebuilding) {})
	require.ErrorContains(t, err, "prepare", "nobody applies it")
	s.serve(s.cancel(newID(), "once"))
	out, err := s.asking(func(*rebuilding) {})
	require.NoError(t, err)
	require.Contains(t, out, "would build a generation from 1 events beside 1")
	require.Equal(t, 1, s.state().Generation, "a dry run asks for nothing")
	out, err = s.asking(func(r *rebuilding) { r.execute = true })
	require.NoError(t, err)
	require.Contains(t, out, "serves generation 2")
	state := s.state()
	require.Equal(t, 2, state.Generation)
	require.Equal(t, []int{1}, state.Kept)
	require.Equal(t, 1, state.Readers)
	require.Nil(t, state.Building)
	out, err = s.asking(func(r *rebuilding) { r.back = true })
	require.NoError(t, err)
	require.Contains(t, out, "would bring generation 1 up to date")
	out, err = s.asking(func(r *rebuilding) { r.back, r.execute, r.asJSON = true, true, true })
	require.NoError(t, err)
	require.Contains(t, out, `"generation":1`)
	_, err = s.asking(func(r *rebuilding) { r.stop, r.execute = true, true })
	require.EqualError(t, err, "nothing is being built")
	r, err := s.one(t.Context(), s.kept(false))
	require.NoError(t, err)
	require.Zero(t, r.Differ+r.NotCompared)
}

func TestAVersionIsPreparedAheadOfAnUpgrade(t *testing.T) {
	s := newShop(t)
	last := s.cancel(newID(), "once")
	require.Equal(t, State{View: s.kept(false).String(), Version: 2, Known: true, Behind: 1}, s.state())
	var out strings.Builder
	p := preparation{hub: s.hub, database: s.database, logger: s.logger, told: io.Discard, out: &out}
	require.NoError(t, p.one(t.Context(), s.kept(false)))
	require.Contains(t, out.String(), "would apply 1 of 1 events")
	require.False(t, s.state().Built)
	p.execute = true
	require.NoError(t, p.one(t.Context(), s.kept(false)))
	require.Contains(t, out.String(), "is prepared")
	state := s.state()
	require.Equal(t, last, state.Position)
	require.Zero(t, state.Readers)
	require.Equal(t, "nobody applies it", state.word())
	n, err := s.db.Collection("tallies_v2").CountDocuments(t.Context(), bson.D{})
	require.NoError(t, err)
	require.EqualValues(t, 1, n)
	s.serve(last)
	out.Reset()
	require.NoError(t, p.one(t.Context(), s.kept(false)))
	require.Contains(t, out.String(), "is served already")
}

func TestABarTellsHowFarABuildingIs(t *testing.T) {
	require.Equal(t, "building generation 2 [#####---------------] 25 %", Building{Generation: 2, Done: 250, ToDo: 750}.bar())
	require.Equal(t, "building generation 3 [--------------------] 0 %, stopped", Building{Generation: 3, Stopped: true}.bar())
}
