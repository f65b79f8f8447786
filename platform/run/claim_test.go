package run_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"tiffin/platform/run"
)

func TestADataDirectoryMustBeWritable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	_, err := run.ClaimDir("TIFFIN_DATA_DIR", file)
	require.ErrorContains(t, err, "TIFFIN_DATA_DIR: can't make "+file)
}

func TestADataDirectoryIsOneProcessesAtATime(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	release, err := run.ClaimDir("TIFFIN_DATA_DIR", dir)
	require.NoError(t, err)
	_, err = run.ClaimDir("TIFFIN_DATA_DIR", dir)
	require.EqualError(t, err, "TIFFIN_DATA_DIR: "+dir+" is in use by another process: stop it, or choose another directory")
	require.NoError(t, release())
	release, err = run.ClaimDir("TIFFIN_DATA_DIR", dir)
	require.NoError(t, err, "left behind is a file, and no claim")
	require.NoError(t, release())
}
