package cell_test

import (
	"strings"
	"testing"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"tiffin/platform/cell"
	"tiffin/platform/eventlog"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/run"
	"tiffin/platform/seal"
)

// A process that knows nothing of replicas must not take away those of the cluster that it joins.
func TestOnlyTheFirstToOpenSettlesTheReplicas(t *testing.T) {
	nc := hubtest.NewCluster(t).Connect()
	js, err := jetstream.New(nc)
	require.NoError(t, err)
	for _, given := range []string{"TIFFIN_REPLICAS=3", "TIFFIN_REPLICAS=1", "TIFFIN_REPLICAS=2"} {
		s, err := run.Parse[cell.Settings]([]string{
			"TIFFIN_NATS_URL=" + strings.Join(nc.Servers(), ","), "TIFFIN_DATA_DIR=" + t.TempDir(), given,
		})
		require.NoError(t, err)
		g := run.NewGroup(t.Context(), run.StopWithin)
		_, err = cell.Join(g, "test", s)
		require.NoError(t, g.Stop(err))
		for _, name := range []string{eventlog.Stream, "KV_" + seal.Bucket} {
			stream, err := js.Stream(t.Context(), name)
			require.NoError(t, err)
			require.Equal(t, 3, stream.CachedInfo().Config.Replicas, "%s after %s", name, given)
		}
	}
}
