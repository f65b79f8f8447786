package view

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

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
	spec := trails("trails")
	log := []Event{event(1, "order 1", cancelled("restaurant 1", "a")), event(2, "order 1", cancelled("restaurant 1", "b"))}
	mine := lease{collection: db.Collection(checkpoints), id: spec.collection(), holder: "mine"}
	zombies := mongoStore[trail]{documents: db.Collection(spec.collection()), lease: lease{collection: mine.collection, id: mine.id, holder: "zombie"}}
	took, err := zombies.lease.take(t.Context(), checkpoint{})
	require.NoError(t, err)
	require.True(t, took)
	seen, err := zombies.lease.read(t.Context())
	require.NoError(t, err)

	zombie := &applier[trail]{spec: spec, store: zombies, epoch: seen.Epoch, retry: once}
	late, fault, err := zombie.fold(t.Context(), log[:1])
	require.NoError(t, err)
	require.Negative(t, fault)

	between := &overtaken{
		store:    mongoStore[trail]{documents: zombies.documents, lease: mine},
		overtake: func() { require.NoError(t, zombies.write(t.Context(), late.list)) },
	}
	took, err = mine.take(t.Context(), seen)
	require.NoError(t, err)
	require.True(t, took)
	a := &applier[trail]{spec: spec, store: between, epoch: seen.Epoch + 1, retry: once}
	out, err := a.apply(t.Context(), log, 0)
	require.NoError(t, err)
	require.Nil(t, out.fault)
	require.Equal(t, 2, between.writes)
	require.Equal(t, replayed(t, spec, log, 2), stored(t.Context(), t, zombies.documents))
	now, err := mine.read(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 2, now.Progress.Position)
}
