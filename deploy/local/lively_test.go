package main

import (
	"bufio"
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/bench/city"
	"tiffin/bench/city/books"
	"tiffin/platform/run/runtest"
)

// A city lives in the system, which is killed at random moments and started again on what it has left: every order comes to
// its end, and what the card processor did is what customers were told. `make city KILLS=50` is the long form.
func TestEveryOrderEndsHoweverOftenTheSystemIsKilled(t *testing.T) {
	t.Parallel()
	const kills, orders, factor = 3, 25, 30
	settings := append(around(t), "TIFFIN_TIME_FACTOR=30", "TIFFIN_DEMO_COURIERS=60", "TIFFIN_SANDBOX_FAULTS=0.05")
	data := t.TempDir()
	settings = append(settings, "TIFFIN_DATA_DIR="+data)
	p := runtest.Start(t, "local", settings...)
	url := ready(t, p)

	habits := city.Rough(1)
	habits.Forgets, habits.Loses = 0, 0 // an hour and two, and so minutes in this test
	book := books.New(time.Now, 0)
	people, err := city.Open(t.Context(), city.Options{
		URL: url, Rate: 3, AtOnce: 500, Factor: factor, Seed: 1, Habits: habits, Looks: 0.5, Book: book,
	})
	require.NoError(t, err)
	living, home := context.WithCancel(t.Context())
	gone := make(chan error, 1)
	go func() { gone <- people.Run(living) }()
	defer func() {
		home()
		require.NoError(t, <-gone)
	}()
	for range kills {
		enough := book.Placed() + 1 + rand.IntN(orders)
		require.Eventually(t, func() bool { return book.Placed() >= enough }, 4*patience, time.Millisecond)
		p.Kill(t)
		p = runtest.Start(t, "local", settings...)
		require.Equal(t, url, ready(t, p))
	}
	enough := book.Placed() + orders
	require.Eventually(t, func() bool { return book.Placed() >= enough }, 4*patience, time.Millisecond)
	people.Close()
	within, cancel := context.WithTimeout(t.Context(), 5*patience)
	defer cancel()
	quiet := people.Quiet(within)
	book.Close()
	require.Eventually(t, func() bool { return books.Settled(processed(t, data)) }, 2*patience, 100*time.Millisecond)
	book.Settle(processed(t, data))
	s := book.Summary()
	t.Logf("%d orders: %v; repeated after %v", s.Placed, s.Outcomes, people.Trouble())
	require.Empty(t, s.Violations)
	require.NoError(t, quiet)
	require.Positive(t, s.Outcomes["COMPLETED"])
}

// processed is what the card processor's own file says that was done.
func processed(t *testing.T, dataDir string) []books.Operation {
	t.Helper()
	file, err := os.Open(filepath.Join(dataDir, "sandbox", "operations.jsonl"))
	require.NoError(t, err)
	defer func() { _ = file.Close() }()
	var out []books.Operation
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var line struct{ Operation *books.Operation }
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Operation != nil {
			out = append(out, *line.Operation)
		}
	}
	require.NoError(t, lines.Err())
	return out
}
