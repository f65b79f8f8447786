package progress

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestWithoutATerminalThereAreLinesNowAndThen(t *testing.T) {
	var out strings.Builder
	b := Start(&out, "rebuilding", "events", 1000)
	clock := b.start
	b.now = func() time.Time { return clock }
	b.Reach(10)
	require.Empty(t, out.String(), "what is done soon needs no line")
	for _, done := range []uint64{100, 600, 1100} {
		clock = clock.Add(everyLine)
		b.Reach(done)
	}
	b.Done()
	require.Equal(t, strings.Join([]string{
		"rebuilding: 100 of 1000 events, 20 a second, 45s left",
		"rebuilding: 600 of 1000 events, 100 a second, 4s left",
		"rebuilding: 1100 of 1100 events, 100 a second", "",
	}, "\n"), out.String())
}
