package cell_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"tiffin/platform/cell"
	"tiffin/platform/hub"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/run"
)

func TestWhatIsEmbeddedIsFoundWhileItRuns(t *testing.T) {
	dir := t.TempDir()
	g := run.NewGroup(t.Context(), run.StopWithin)
	_, err := cell.Local(g, "test", cell.LocalSettings{DataDir: dir, Sync: cell.Lazy})
	require.NoError(t, err)
	found, err := cell.FindAddresses(dir)
	require.NoError(t, err)

	nc, err := hub.Connect(found.NATSURL)
	require.NoError(t, err)
	nc.Close()
	client, err := mongo.Connect(options.Client().ApplyURI(found.MongoDBURI))
	require.NoError(t, err)
	require.NoError(t, client.Ping(t.Context(), nil))
	require.NoError(t, client.Disconnect(t.Context()))
	info, err := os.Stat(filepath.Join(dir, "addresses.env"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())

	require.NoError(t, g.Stop(nil))
	found, err = cell.FindAddresses(dir)
	require.NoError(t, err)
	require.Zero(t, found)
}

// What was given may hold a password, and whoever needs it has been given it, too.
func TestOnlyWhatIsEmbeddedIsWrittenDown(t *testing.T) {
	dir, nc := t.TempDir(), hubtest.Connect(t)
	g := run.NewGroup(t.Context(), run.StopWithin)
	_, err := cell.Local(g, "test", cell.LocalSettings{DataDir: dir, NATSURL: nc.ConnectedUrl(), Sync: cell.Always})
	require.NoError(t, err)
	found, err := cell.FindAddresses(dir)
	require.NoError(t, g.Stop(err))
	require.Empty(t, found.NATSURL)
	require.NotEmpty(t, found.MongoDBURI)
}
