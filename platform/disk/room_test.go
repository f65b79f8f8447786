package disk

import (
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestADiskIsFullBeforeItIs(t *testing.T) {
	left := uint64(Reserve)
	r := New(t.TempDir(), slog.New(slog.DiscardHandler))
	require.False(t, r.Full(), "a disk on which tests run")
	r.free = func(string) (uint64, error) { return left, nil }
	for _, c := range []struct {
		left uint64
		full bool
	}{{Reserve, false}, {Reserve - 1, true}, {0, true}, {Reserve, false}} {
		left = c.left
		r.look(t.Context())
		require.Equal(t, c.full, r.Full(), "%d", c.left)
	}
	require.True(t, r.Holds(0))
	require.False(t, r.Holds(1))
}
