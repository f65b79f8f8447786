package main_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"tiffin/platform/run/runtest"
)

func TestMain(m *testing.M) { runtest.Main(m, "tiffin/platform/mongolite/cmd/mongolite") }

const patience = 30 * time.Second

func TestASnapshotOutlivesAKill(t *testing.T) {
	addr, dir := runtest.FreeAddr(t), t.TempDir()
	settings := []string{"MONGOLITE_ADDR=" + addr, "MONGOLITE_DATA_DIR=" + dir, "MONGOLITE_SNAPSHOT_EVERY=10ms"}
	client, err := mongo.Connect(options.Client().ApplyURI("mongodb://" + addr + "/"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, client.Disconnect(context.WithoutCancel(t.Context()))) })
	documents := client.Database("d").Collection("c")

	p := runtest.Start(t, "mongolite", settings...)
	_, err = documents.InsertOne(t.Context(), bson.D{{Key: "_id", Value: "kept"}})
	require.NoError(t, err)
	require.Equal(t, "mongolite ready mongodb://"+addr+"/\n", p.Stdout.String())
	require.Eventually(t, func() bool {
		found, err := filepath.Glob(filepath.Join(dir, "views.snapshot"))
		return err == nil && len(found) == 1
	}, patience, time.Millisecond)
	p.Kill(t)

	runtest.Start(t, "mongolite", settings...)
	require.Eventually(t, func() bool {
		n, err := documents.CountDocuments(t.Context(), bson.D{{Key: "_id", Value: "kept"}})
		return err == nil && n == 1
	}, patience, 10*time.Millisecond)
}

func TestBadSettingsAreNamed(t *testing.T) {
	for _, setting := range []string{"MONGOLITE_ADR=localhost:1", "MONGOLITE_ADDR=nowhere", "MONGOLITE_SNAPSHOT_EVERY=0s", "MONGOLITE_SNAPSHOT_EVERY=-1s"} {
		p := runtest.Start(t, "mongolite", setting)
		require.Equal(t, 1, p.Wait(t), setting)
		name, _, _ := strings.Cut(setting, "=")
		require.Contains(t, p.Stderr.String(), name)
	}
}
