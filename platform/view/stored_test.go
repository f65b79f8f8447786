package view

import (
	"testing"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
)

func TestHowFarAViewIsCanBeReadByWhoDoesNotKeepIt(t *testing.T) {
	c := newCell(t)
	spec := trails("trails", &release{})
	none, err := ReadStored(t.Context(), c.db, spec.Name, spec.Version)
	require.NoError(t, err)
	require.False(t, none.Built || none.Applied)
	require.Zero(t, none.Position)

	last := c.append(t.Context(), ulid.Make().String(), cancelled("r", "late"))
	v, stop := c.run()
	until(t, v, "applied", func(s Status) bool { return s.Position == last })
	running, err := ReadStored(t.Context(), c.db, spec.Name, spec.Version)
	require.NoError(t, err)
	require.True(t, running.Built && running.Applied)
	require.Equal(t, last, running.Position)
	n, err := running.Documents.CountDocuments(t.Context(), bson.D{})
	require.NoError(t, err)
	require.EqualValues(t, 2, n)
	stop()
	stopped, err := ReadStored(t.Context(), c.db, spec.Name, spec.Version)
	require.NoError(t, err)
	require.True(t, stopped.Built)
	require.False(t, stopped.Applied)
}
