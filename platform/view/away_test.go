package view

import (
	"context"
	"net"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"tiffin/platform/hub/hubtest"
	"tiffin/platform/problem"
)

// Where there was the database, there is nobody, or somebody who hangs up; whoever reads is told to repeat, and that it was not
// for want of time only if it was.
func TestWhoeverReadsIsToldThatTheDatabaseIsAway(t *testing.T) {
	e := &engine{T: t}
	e.start()
	client, err := mongo.Connect(options.Client().ApplyURI(e.server.URI()).SetServerSelectionTimeout(100 * time.Millisecond))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, client.Disconnect(context.Background())) })
	c := cellOn(t, hubtest.Connect(t), client.Database("tiffin"))
	v, _ := c.run()
	order := ulid.Make().String()
	requireCurrent(t, v, c.append(t.Context(), order, cancelled("restaurant 1", "late")))
	e.stop()
	requireAway := func() {
		t.Helper()
		_, _, _, err := v.Get(t.Context(), order)
		require.ErrorIs(t, err, errAway)
		_, err = v.Find(t.Context(), nil)
		require.ErrorIs(t, err, errAway)
		require.Equal(t, problem.Unavailable, problem.From(err).Kind)
	}
	requireAway()
	short, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	_, _, _, err = v.Get(short, order)
	require.Equal(t, "DEADLINE_EXCEEDED", problem.From(err).Code)

	var config net.ListenConfig
	rude, err := config.Listen(t.Context(), "tcp", e.options.Addr)
	require.NoError(t, err)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := rude.Accept()
			if err != nil {
				return
			}
			_ = conn.Close()
		}
	}()
	requireAway()
	require.NoError(t, rude.Close())
	<-done
	e.start()
	t.Cleanup(e.stop)
	require.Eventually(t, func() bool {
		_, _, found, err := v.Get(t.Context(), order)
		return err == nil && found
	}, time.Minute, 10*time.Millisecond)
}
