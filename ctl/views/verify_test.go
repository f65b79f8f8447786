package views

import (
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
)

func TestAViewIsSeenToBeRightWhileItIsChanged(t *testing.T) {
	s := newShop(t)
	ids := []string{newID(), newID(), newID()}
	var last uint64
	for i := range 60 {
		last = s.cancel(ids[i%3], "again")
	}
	s.serve(last)
	busy := make(chan struct{})
	go func() {
		defer close(busy)
		for i := range 200 {
			s.cancel(ids[i%2], "meanwhile")
		}
	}()
	r, err := s.one(t.Context(), s.kept(false))
	<-busy
	require.NoError(t, err)
	require.Equal(t, 3, r.Documents)
	require.Zero(t, r.Differ+r.NotCompared, "%+v", r)
	require.GreaterOrEqual(t, r.Position, last)
}

func TestWhatIsWrongIsNamed(t *testing.T) {
	s := newShop(t)
	ids := []string{newID(), newID(), newID(), newID(), newID()}
	sort.Strings(ids)
	var last uint64
	for _, id := range append(ids, ids...) {
		last = s.cancel(id, "closed")
	}
	s.serve(last)()
	c := s.db.Collection("tallies_v2")
	update := func(id string, set bson.D) {
		t.Helper()
		r, err := c.UpdateOne(t.Context(), bson.D{{Key: "_id", Value: id}}, bson.D{{Key: "$set", Value: set}})
		require.NoError(t, err)
		require.EqualValues(t, 1, r.MatchedCount)
	}
	// The first is as it should be.
	update(ids[1], bson.D{{Key: "counts.a", Value: 7}})
	_, err := c.DeleteOne(t.Context(), bson.D{{Key: "_id", Value: ids[2]}})
	require.NoError(t, err)
	update(ids[3], bson.D{{Key: "_position", Value: 4}})
	update(ids[4], bson.D{{Key: "reasons", Value: bson.A{"closed"}}})
	_, err = c.InsertOne(t.Context(), bson.D{{Key: "_id", Value: "zz"}, {Key: "_position", Value: 5}, {Key: "_deleted", Value: false}})
	require.NoError(t, err)

	r, err := s.one(t.Context(), s.kept(false))
	require.NoError(t, err)
	require.Equal(t, 6, r.Documents)
	require.Equal(t, 5, r.Differ)
	require.Zero(t, r.NotCompared)
	require.Equal(t, []Difference{
		{ID: ids[1], What: "differs at 7", Fields: []Field{{"counts.a", `{"$numberInt":"7"}`, `{"$numberInt":"2"}`}}},
		{ID: ids[2], What: "is missing; the event at 8 concerns it"},
		{ID: ids[3], What: "lacks the event at 9"},
		{ID: ids[4], What: "differs at 10", Fields: []Field{{"reasons.1", absent, `"closed"`}}},
		{ID: "zz", What: "should not be there"},
	}, r.Differences)

	var told strings.Builder
	require.ErrorIs(t, s.all(t.Context(), []kept{s.kept(false)}, reporter(&told, false, 2)), errDiffers)
	require.Contains(t, told.String(), "WRONG: 5 differ")
	require.Contains(t, told.String(), ids[1])
	require.NotContains(t, told.String(), ids[3], "only as many as asked for are shown")
}

func TestWhatIsOnlyBehindIsNotCalledWrong(t *testing.T) {
	s := newShop(t)
	id, still := newID(), newID()
	s.cancel(still, "first")
	s.serve(s.cancel(id, "first"))()
	s.cancel(id, "nobody applies this")
	s.patience = 50 * time.Millisecond
	var told strings.Builder
	require.ErrorIs(t, s.all(t.Context(), []kept{s.kept(false)}, reporter(&told, true, 9)), errDiffers)
	require.Contains(t, told.String(), `"documents":2,"differ":0,"not_compared":1`)
	require.Contains(t, told.String(), id)
	require.NotContains(t, told.String(), still)
}

func TestAViewThatCantBeRebuiltIsNotVerified(t *testing.T) {
	s := newShop(t)
	_, err := s.one(t.Context(), s.kept(false))
	require.ErrorContains(t, err, "never applied")
	s.serve(s.cancel(newID(), "poison"))
	_, err = s.one(t.Context(), s.kept(true))
	require.ErrorContains(t, err, "can't be rebuilt: stopped before event 1, ordering.OrderCancelled")
}

func TestVerifyingWritesToNeitherSide(t *testing.T) {
	s := newShop(t)
	s.serve(s.cancel(newID(), "once"))()
	names := func() []string {
		collections, err := s.db.ListCollectionNames(t.Context(), bson.D{})
		require.NoError(t, err)
		return collections
	}
	before := names()
	_, err := s.one(t.Context(), s.kept(false))
	require.NoError(t, err)
	require.ElementsMatch(t, before, names())
	n, err := s.hub.Log.LastPosition(t.Context(), s.kept(false).reads...)
	require.NoError(t, err)
	require.EqualValues(t, 1, n)
}
