package cell_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"tiffin/platform/cell"
	"tiffin/platform/run"
)

func TestAProcessThatJoinsMustBeToldWhere(t *testing.T) {
	_, err := run.Parse[cell.Settings](nil)
	require.EqualError(t, err, "settings: TIFFIN_NATS_URL is required")
	_, err = run.Parse[cell.DatabaseSettings](nil)
	require.EqualError(t, err, "settings: TIFFIN_MONGODB_URI is required")
	s, err := run.Parse[cell.Settings]([]string{"TIFFIN_NATS_URL=nats://a:4222,nats://b:4222"})
	require.NoError(t, err)
	require.Equal(t, ".tiffin", s.DataDir)
}

func TestALocalProcessNeedsNothing(t *testing.T) {
	s, err := run.Parse[cell.LocalSettings](nil)
	require.NoError(t, err)
	require.Equal(t, cell.LocalSettings{LogSettings: cell.LogSettings{Replicas: 1}, DataDir: ".tiffin", Sync: cell.Always}, s)
	s, err = run.Parse[cell.LocalSettings]([]string{"TIFFIN_SYNC=lazy"})
	require.NoError(t, err)
	require.Equal(t, cell.Lazy, s.Sync)
}

func TestBadSettingsAreNamedAndNotShown(t *testing.T) {
	for want, given := range map[string][]string{
		"TIFFIN_NATS_URL is not a URL":           {"TIFFIN_NATS_URL=localhost"},
		"TIFFIN_MONGODB_URI is not a URL":        {"TIFFIN_MONGODB_URI=u:secret@host:1"},
		`TIFFIN_SYNC: "never" is neither always`: {"TIFFIN_SYNC=never"},
		"TIFFIN_SYNC is for the embedded hub":    {"TIFFIN_SYNC=lazy", "TIFFIN_NATS_URL=nats://a:4222"},
		"TIFFIN_REPLICAS: 0 is not 1 to 5":       {"TIFFIN_REPLICAS=0"},
		"TIFFIN_REPLICAS: strconv":               {"TIFFIN_REPLICAS=three"},
		"TIFFIN_REPLICAS is for a cluster":       {"TIFFIN_REPLICAS=3"},
		"TIFFIN_LAKE_URL: it is neither":         {"TIFFIN_LAKE_URL=http://u:secret@host/lake"},
		"unknown setting TIFFIN_NATS_URI":        {"TIFFIN_NATS_URI=nats://a:4222"},
	} {
		_, err := run.Parse[cell.LocalSettings](given)
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), "secret")
		require.NotContains(t, err.Error(), "\n")
	}
}
