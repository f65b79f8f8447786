package run_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"tiffin/platform/run"
)

func TestSettingsHaveDefaults(t *testing.T) {
	s, err := run.Parse[run.Settings]([]string{"HOME=/", "TIFFIN_TEST_MONGODB_URI=mongodb://x"})
	require.NoError(t, err)
	require.Equal(t, run.Settings{HTTPAddr: "localhost:8080", GRPCAddr: "localhost:9090", DataDir: ".tiffin", Sim: true, TimeFactor: 1}, s)
}

func TestSettingsAreRead(t *testing.T) {
	type more struct {
		run.Settings
		City string `env:"TIFFIN_CITY"`
	}
	s, err := run.Parse[more]([]string{
		"TIFFIN_CITY=Pune", "TIFFIN_SIM=off", "TIFFIN_HTTP_ADDR=127.0.0.1:0", "TIFFIN_TIME_FACTOR=60",
		"TIFFIN_NATS_URL=nats://a:4222,nats://b:4222", "TIFFIN_MONGODB_URI=mongodb://a:1,b:2/?replicaSet=rs",
	})
	require.NoError(t, err)
	require.Equal(t, "Pune", s.City)
	require.False(t, bool(s.Sim))
	require.Equal(t, "127.0.0.1:0", s.HTTPAddr)
	require.InDelta(t, 60, s.TimeFactor, 0)
}

func TestBadSettingsAreOneClearLine(t *testing.T) {
	for given, want := range map[string]string{
		"TIFFIN_HTP_ADDR=localhost:1":        "unknown setting TIFFIN_HTP_ADDR",
		"TIFFIN_HTTP_ADDR=8080":              `TIFFIN_HTTP_ADDR: "8080" is not host:port`,
		"TIFFIN_SIM=maybe":                   "neither on nor off",
		"TIFFIN_TIME_FACTOR=0":               "TIFFIN_TIME_FACTOR",
		"TIFFIN_TIME_FACTOR=NaN":             "TIFFIN_TIME_FACTOR",
		"TIFFIN_TIME_FACTOR=fast":            "TimeFactor",
		"TIFFIN_NATS_URL=localhost":          "TIFFIN_NATS_URL is not a URL",
		"TIFFIN_MONGODB_URI=u:secret@host:1": "TIFFIN_MONGODB_URI is not a URL",
	} {
		_, err := run.Parse[run.Settings]([]string{given})
		require.ErrorContains(t, err, want, given)
		require.NotContains(t, err.Error(), "\n", given)
		require.NotContains(t, err.Error(), "secret", given)
	}
}

func TestADataDirectoryMustBeWritable(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	require.NoError(t, run.DataDir(dir))
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left)

	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	require.ErrorContains(t, run.DataDir(file), "TIFFIN_DATA_DIR: can't make "+file)
}
