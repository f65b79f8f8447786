package snapshot

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"

	"tiffin/platform/mongolite/internal/store"
	"tiffin/platform/mongolite/internal/value"
)

func marshal(t testing.TB, doc bson.D) []byte {
	t.Helper()
	raw, err := bson.Marshal(doc)
	require.NoError(t, err)
	return raw
}

func filled(t testing.TB, documents int) *store.Store {
	t.Helper()
	s := store.New()
	for _, name := range []string{"orders", "checkpoints"} {
		tx, err := s.Write("db", name, true)
		require.NoError(t, err)
		order, err := value.ParseOrder(marshal(t, bson.D{{Key: "k", Value: 1}, {Key: "n", Value: -1}}))
		require.NoError(t, err)
		_, _, err = tx.CreateIndexes([]store.Index{{Name: "k_n", Order: order, Unique: true}})
		require.NoError(t, err)
		for i := range documents {
			require.NoError(t, tx.Insert(marshal(t, bson.D{{Key: "_id", Value: i}, {Key: "k", Value: name}, {Key: "n", Value: bson.A{i, -i - 1}}})))
		}
		tx.Commit()
	}
	_, _, err := s.Create("other", "empty")
	require.NoError(t, err)
	return s
}

// contents is everything that a snapshot must bring back.
func contents(s *store.Store) map[string][]string {
	all := map[string][]string{}
	frozen, _ := s.Freeze()
	for _, f := range frozen {
		list := []string{}
		for _, ix := range f.Indexes() {
			list = append(list, ix.Name+ix.Order.Document().String())
		}
		for doc := range f.Documents() {
			list = append(list, doc.String())
		}
		all[f.Database+"."+f.Name] = list
	}
	return all
}

func TestRoundTrip(t *testing.T) {
	path := filepath.Join(t.TempDir(), "snapshot")
	_, err := Read(path)
	require.ErrorIs(t, err, fs.ErrNotExist)
	for _, documents := range []int{0, 3, 40_000} {
		s := filled(t, documents)
		frozen, _ := s.Freeze()
		require.NoError(t, Write(path, frozen))
		back, err := Read(path)
		require.NoError(t, err)
		require.Equal(t, contents(s), contents(back))
	}
}

// TestDamageIsSeen flips, cuts and appends everywhere in a small snapshot.
func TestDamageIsSeen(t *testing.T) {
	frozen, _ := filled(t, 3).Freeze()
	var whole bytes.Buffer
	require.NoError(t, encode(&whole, frozen))
	_, err := decode(bytes.NewReader(whole.Bytes()))
	require.NoError(t, err)
	for i := range whole.Len() {
		_, err := decode(bytes.NewReader(whole.Bytes()[:i]))
		require.ErrorIs(t, err, ErrCorrupt, "cut at %d", i)
		damaged := bytes.Clone(whole.Bytes())
		damaged[i] ^= 0x10
		_, err = decode(bytes.NewReader(damaged))
		require.ErrorIs(t, err, ErrCorrupt, "flipped at %d", i)
	}
	_, err = decode(bytes.NewReader(append(whole.Bytes(), 0)))
	require.ErrorIs(t, err, ErrCorrupt)
	other := bytes.Clone(whole.Bytes())
	other[len(magic)]++
	_, err = decode(bytes.NewReader(other))
	require.ErrorContains(t, err, "format 2")
}

func TestAFailedWriteLeavesTheOldFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "snapshot")
	frozen, _ := filled(t, 3).Freeze()
	require.NoError(t, Write(path, frozen))
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Error(t, Write(filepath.Join(dir, "none", "snapshot"), frozen))
	blocked := filepath.Join(dir, "blocked")
	require.NoError(t, os.MkdirAll(filepath.Join(blocked, "x"), 0o700))
	require.Error(t, Write(blocked, frozen), "a directory can't be replaced")
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, before, after)
	left, err := filepath.Glob(filepath.Join(dir, "*.tmp-*"))
	require.NoError(t, err)
	require.Empty(t, left)
}

func FuzzDecode(f *testing.F) {
	frozen, _ := filled(f, 3).Freeze()
	var whole bytes.Buffer
	require.NoError(f, encode(&whole, frozen))
	f.Add(whole.Bytes())
	f.Add([]byte(magic + "\x01E"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := decode(bytes.NewReader(data)); err != nil {
			require.ErrorIs(t, err, ErrCorrupt)
		}
	})
}
