package store_test

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/stretchr/testify/require"

	"tiffin/platform/lake/store"
)

// s3 returns the URL of a bucket at a server of the test's own.
func s3(t *testing.T) string {
	backend := s3mem.New()
	require.NoError(t, backend.CreateBucket("lake"))
	server := httptest.NewServer(gofakes3.New(backend).Server())
	t.Cleanup(server.Close)
	t.Setenv("AWS_ACCESS_KEY_ID", "tiffin")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	return "s3://lake/cell/one?region=us-east-1&endpoint=" + server.URL
}

func TestFilesAreKeptWhereverTheyAre(t *testing.T) {
	for name, where := range map[string]string{
		"directory": "file://" + filepath.Join(t.TempDir(), "a", "lake"),
		"S3":        s3(t),
	} {
		t.Run(name, func(t *testing.T) {
			s, err := store.Open(where)
			require.NoError(t, err)
			none, err := s.List(t.Context(), "")
			require.NoError(t, err)
			require.Empty(t, none)
			_, err = s.Get(t.Context(), "events/1.parquet")
			require.ErrorIs(t, err, store.ErrMissing)

			large := make([]byte, 20<<20)
			for i := range large {
				large[i] = byte(i * i)
			}
			require.NoError(t, s.Put(t.Context(), "events/1.parquet", []byte("old")))
			require.NoError(t, s.Put(t.Context(), "events/1.parquet", []byte("new")))
			require.NoError(t, s.Put(t.Context(), "events/2.parquet", large))
			require.NoError(t, s.Put(t.Context(), "other/3", []byte("x")))
			content, err := s.Get(t.Context(), "events/1.parquet")
			require.NoError(t, err)
			require.Equal(t, "new", string(content))
			content, err = s.Get(t.Context(), "events/2.parquet")
			require.NoError(t, err)
			require.Equal(t, large, content)
			files, err := s.List(t.Context(), "events/")
			require.NoError(t, err)
			require.Equal(t, []store.File{{Name: "events/1.parquet", Bytes: 3}, {Name: "events/2.parquet", Bytes: 20 << 20}}, files)
			require.NotContains(t, s.String(), "secret")
		})
	}
}

func TestWhatWasBeingWrittenIsNoFile(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, ".123.part"), []byte("half"), 0o600))
	files, err := store.Dir(dir).List(t.Context(), "")
	require.NoError(t, err)
	require.Empty(t, files)
}

func TestADirectoryThatCannotBeWrittenToSaysSo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	require.Error(t, store.Dir(file).Put(t.Context(), "events/1.parquet", nil))
}

func TestOnlyURLsOfStoresAreTaken(t *testing.T) {
	for _, wrong := range []string{
		"", "lake", "file://lake", "file:///lake?x=1", "http://host/lake", "s3:///lake", "s3://user:secret@lake", "s3://lake?endpoint=host:9000",
		"s3://lake?acl=public", "s3://lake\x7f",
	} {
		_, err := store.Open(wrong)
		require.Error(t, err, wrong)
		require.NotContains(t, err.Error(), "secret")
	}
	for _, right := range []string{"file:///var/lib/tiffin/lake", "s3://lake", "s3://lake/cell", "s3://lake?endpoint=http://localhost:9000&region=eu"} {
		_, err := store.Open(right)
		require.NoError(t, err, right)
	}
}
