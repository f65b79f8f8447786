package view

import (
	"context"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"tiffin/platform/mongolite"
)

func (c *cell) appendOthers(n int) {
	c.Helper()
	for range n {
		c.append(c.Context(), ulid.Make().String(), cancelled("restaurant 1", "late"))
	}
}

func oftenAsked(o *Options) { o.LagEvery = 20 * time.Millisecond }

func TestLagGrowsWhileTheDatabaseIsDown(t *testing.T) {
	c := newCell(t)
	server, err := mongolite.Start(mongolite.Options{})
	require.NoError(t, err)
	client, err := mongo.Connect(options.Client().ApplyURI(server.URI()).SetServerSelectionTimeout(100 * time.Millisecond))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, client.Disconnect(context.WithoutCancel(t.Context()))) })
	c.db = client.Database("orders")
	v, _ := c.run(oftenAsked)
	requireCurrent(t, v, c.append(t.Context(), ulid.Make().String(), cancelled("restaurant 1", "late")))
	until(t, v, "caught up", func(s Status) bool { return s.CaughtUp && s.Lag == 0 })
	require.NoError(t, server.Close(t.Context()))
	c.appendOthers(2)
	until(t, v, "behind", func(s Status) bool { return s.Lag == 2 && !s.CaughtUp })
	c.appendOthers(1)
	until(t, v, "further behind", func(s Status) bool { return s.Lag == 3 && s.Blocked != "" })
}

func TestACheckpointReadAgainDoesNotHideTheLag(t *testing.T) {
	v := &View[trail]{at: progress{Position: 3}, lag: 5}
	v.resume(progress{Position: 3})
	require.EqualValues(t, 5, v.lag)
	v.resume(progress{Position: 4, Pending: 7})
	require.EqualValues(t, 7, v.lag)
}
