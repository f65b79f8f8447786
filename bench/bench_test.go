package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func names(entries []entry) (out []string) {
	for _, e := range entries {
		out = append(out, e.name)
	}
	return out
}

func TestRowsAreChosenByHowTheyStart(t *testing.T) {
	all := []entry{{name: "order"}, {name: "order-always"}, {name: "read"}}
	chosen, err := choose(all, "")
	require.NoError(t, err)
	require.Len(t, chosen, 3)
	chosen, err = choose(all, "read, order")
	require.NoError(t, err)
	require.Equal(t, []string{"read", "order", "order-always"}, names(chosen))
	_, err = choose(all, "read,odrer")
	require.ErrorContains(t, err, "odrer")
}

func TestNoTwoRowsHaveOneName(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range names(rows) {
		require.False(t, seen[name], name)
		seen[name] = true
	}
}

func TestTheWeightOfAFirstVisitIsRead(t *testing.T) {
	kB, err := weight([]byte("package           brotli\nvendor           66.0 kB\nfirst visit      86.8 kB            150.0 kB\n"))
	require.NoError(t, err)
	require.InDelta(t, 86.8, kB, 0)
	_, err = weight([]byte("kit is not built: npm run build\n"))
	require.Error(t, err)
}
