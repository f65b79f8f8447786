package view

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"

	"tiffin/platform/fault"
	"tiffin/platform/mongolite/mongotest"
)

// overtaken is a store in which another applier writes between the loading and the first writing.
type overtaken struct {
	store[trail]
	overtake func()
	writes   int
}

func (o *overtaken) write(ctx context.Context, changes []change) error {
	if o.writes++; o.writes == 1 {
		o.overtake()
	}
	return o.store.write(ctx, changes)
}

// One applier finds no document and folds two events into a new one; meanwhile another, a zombie that has only got to the
// first event, inserts the same document. Had the first taken the duplicate for its own, the second event would be lost.
func TestADocumentThatAnotherInsertedMeanwhileIsFoldedAgain(t *testing.T) {
	db := mongotest.Database(t)
	spec := fixed("trails")
	log := []Event{event(1, "order 1", cancelled("restaurant 1", "a")), event(2, "order 1", cancelled("restaurant 1", "b"))}
	mine := lease{collection: db.Collection(checkpoints), id: spec.collection(), holder: "mine"}
	zombies := mongoStore[trail]{documents: db.Collection(spec.collection()), lease: lease{collection: mine.collection, id: mine.id, holder: "zombie"}, mark: new(string)}
	took, err := zombies.lease.take(t.Context(), checkpoint{})
	require.NoError(t, err)
	require.True(t, took)
	seen, err := zombies.lease.read(t.Context())
	require.NoError(t, err)

	zombie := &applier[trail]{spec: spec, store: zombies, epoch: seen.Epoch, retry: once}
	late, err := zombie.plan(t.Context(), log[:1], nil)
	require.NoError(t, err)

	between := &overtaken{
		store:    mongoStore[trail]{documents: zombies.documents, lease: mine, mark: new(string)},
		overtake: func() { require.NoError(t, zombies.write(t.Context(), late.changes)) },
	}
	took, err = mine.take(t.Context(), seen)
	require.NoError(t, err)
	require.True(t, took)
	a := &applier[trail]{spec: spec, store: between, faults: nowhere{}, epoch: seen.Epoch + 1, retry: once}
	_, err = a.apply(t.Context(), log, 0)
	require.NoError(t, err)
	require.Equal(t, 2, between.writes)
	require.Equal(t, replayed(t, spec, log, 2), stored(t.Context(), t, zombies.documents))
	now, err := mine.read(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 2, now.Progress.Position)
}

// nowhere is where nothing is to be parked.
type nowhere struct{ faults }

func (nowhere) Park(_ context.Context, entries ...fault.Entry) error {
	if len(entries) > 0 {
		panic("parked")
	}
	return nil
}

// A zombie on a release that can process an event has loaded its document before another, on one that can't, has parked that
// and what follows. Were the zombie to write now, the checkpoint would promise what is only parked.
func TestAZombieDoesNotFreeWhatAnotherHasParked(t *testing.T) {
	c := newCell(t)
	log := []Event{
		event(1, "order 1", cancelled("saffron", "a")), event(2, "order 1", cancelled("saffron", "poison")),
		event(3, "order 1", cancelled("saffron", "b")),
	}
	zombie := c.applier(fixed("trails"))
	_, err := zombie.apply(t.Context(), log[:1], 2)
	require.NoError(t, err)
	late, err := zombie.plan(t.Context(), log[:2], nil)
	require.NoError(t, err)
	a := c.applier(trails("trails", &release{}))
	_, err = a.apply(t.Context(), log, 0)
	require.NoError(t, err)
	require.ErrorIs(t, zombie.store.write(t.Context(), late.changes), errConflict)
	d := stored(t.Context(), t, c.db.Collection("trails_v1"))["order 1"]
	require.Equal(t, &Span{2, 3}, d.Parked)
	require.EqualValues(t, 1, d.Position)
}

// A release that can't route an event writes documents past it, and crashes before its checkpoint moves. Had the next one, which
// can, taken the documents at their word, the event would be in none of them.
func TestDocumentsThatWentPastWhatCannotBeRoutedAreKnownToLackIt(t *testing.T) {
	c := newCell(t)
	log := []Event{event(1, "order 1", cancelled("saffron", "nowhere")), event(2, "order 2", cancelled("saffron", "a"))}
	crashed := c.applier(trails("trails", &release{}))
	crashed.store = &crashing{store: crashed.store}
	_, err := crashed.apply(t.Context(), log, 0)
	require.ErrorIs(t, err, errCrash)
	require.EqualValues(t, 2, stored(t.Context(), t, c.db.Collection("trails_v1"))["saffron"].Position)
	a := c.applier(fixed("trails"))
	a.log = &world{log: log, decoder: c.log}
	require.NoError(t, a.settle(t.Context()))
	_, err = a.apply(t.Context(), log, 0)
	require.NoError(t, err)
	require.NoError(t, a.resubmitSubject(t.Context(), "evt.ordering.order 1"))
	require.Equal(t, replayed(t, fixed("trails"), log, 2), stored(t.Context(), t, c.db.Collection("trails_v1")))
}

// crashing is a store whose process ends when it has written documents.
type crashing struct{ store[trail] }

func (c *crashing) write(ctx context.Context, changes []change) error {
	if err := c.store.write(ctx, changes); err != nil {
		return err
	}
	return errCrash
}

// forgetful is a store whose database is set back once, when it has written documents, to what it was before the batch.
type forgetful struct {
	store[trail]
	snapshot, setBack func()
	done              bool
}

func (f *forgetful) load(ctx context.Context, ids []string) (map[string]*Document[trail], error) {
	if !f.done {
		f.snapshot()
	}
	return f.store.load(ctx, ids)
}

func (f *forgetful) write(ctx context.Context, changes []change) error {
	err := f.store.write(ctx, changes)
	if !f.done {
		f.done = true
		f.setBack()
	}
	return err
}

// The database loses the documents after they were written, and its checkpoint is where this applier left it. Were that moved
// now, the event would be in no document for ever.
func TestACheckpointDoesNotMoveOverDocumentsThatWereForgotten(t *testing.T) {
	c := newCell(t)
	log := []Event{event(1, "order 1", cancelled("restaurant 1", "a")), event(2, "order 1", cancelled("restaurant 1", "b"))}
	a := c.applier(fixed("trails"))
	_, err := a.apply(t.Context(), log[:1], 1)
	require.NoError(t, err)
	kept := map[string][]any{}
	collections := []string{"trails_v1", checkpoints}
	a.store = &forgetful{store: a.store, snapshot: func() {
		for _, name := range collections {
			cursor, err := c.db.Collection(name).Find(t.Context(), bson.D{})
			require.NoError(t, err)
			var found []bson.D
			require.NoError(t, cursor.All(t.Context(), &found))
			kept[name] = nil
			for _, d := range found {
				kept[name] = append(kept[name], d)
			}
		}
	}, setBack: func() {
		for _, name := range collections {
			require.NoError(t, c.db.Collection(name).Drop(t.Context()))
			_, err := c.db.Collection(name).InsertMany(t.Context(), kept[name])
			require.NoError(t, err)
		}
	}}
	_, err = a.apply(t.Context(), log[1:], 0)
	require.ErrorIs(t, err, errFenced)
	again := c.applier(fixed("trails"))
	_, err = again.apply(t.Context(), log, 0)
	require.NoError(t, err)
	require.Equal(t, replayed(t, fixed("trails"), log, 2), stored(t.Context(), t, c.db.Collection("trails_v1")))
}
