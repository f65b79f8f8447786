package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/bench/city/books"
	"tiffin/bench/torture/check"
	"tiffin/bench/torture/history"
	"tiffin/bench/torture/nemesis"
)

func told(t *testing.T, calls ...history.Call) *result {
	t.Helper()
	path := filepath.Join(t.TempDir(), "history.ndjson")
	file, err := os.Create(path)
	require.NoError(t, err)
	for _, c := range calls {
		require.NoError(t, json.NewEncoder(file).Encode(c))
	}
	require.NoError(t, file.Close())
	r := &result{Ended: map[string]int{}}
	require.NoError(t, r.count(path))
	return r
}

func command(id string, outcome history.Outcome, ended time.Duration) history.Call {
	return history.Call{Kind: history.Command, Method: "POST", Path: "/orders", Command: id, Outcome: outcome, Ended: ended}
}

func TestACommandCountsOnceHoweverOftenItWasSent(t *testing.T) {
	r := told(t,
		command("lost, then found", history.Unknown, time.Second), command("lost, then found", history.Acknowledged, 2*time.Second),
		command("twice", history.Acknowledged, 2500*time.Millisecond), command("twice", history.Acknowledged, 3*time.Second),
		command("lost, then refused", history.Unknown, time.Second), command("lost, then refused", history.Refused, 4*time.Second),
		command("never heard of", history.Unknown, time.Second), command("never heard of", history.Unknown, time.Second),
		history.Call{Kind: history.Query, Outcome: history.Acknowledged, Stale: true}, history.Call{Kind: history.Query, Outcome: history.Unknown},
		history.Call{Kind: history.Query, Outcome: history.Refused}, history.Call{Kind: history.Notice, Outcome: history.Acknowledged},
	)
	require.Equal(t, tally{Acknowledged: 2, Refused: 1, Unknown: 1, Sent: 8}, r.Commands)
	require.Equal(t, []int{0, 0, 2}, r.acknowledged)
	require.Equal(t, []int{2, 1, 1}, []int{r.Queries, r.Stale, r.Notices})
}

func TestFaultsAreSummedUpByKind(t *testing.T) {
	var r result
	r.sum([]nemesis.Fault{
		{Kind: nemesis.Pause, Well: 3 * time.Second},
		{Kind: nemesis.Kill, Well: time.Second},
		{Kind: nemesis.Pause, Well: time.Second},
		{Kind: nemesis.Pause},
		{Kind: nemesis.Pause, Well: 2 * time.Second},
	})
	require.Equal(t, []kind{
		{Kind: nemesis.Kill, Count: 1, P50: 1, P99: 1}, {Kind: nemesis.Pause, Count: 4, P50: 2, P99: 3, Never: 1},
	}, r.Kinds)
}

func TestWhatWasBrokenFailsTheCommand(t *testing.T) {
	require.NoError(t, (&result{}).verdict())
	require.Error(t, (&result{Summary: books.Summary{Open: []string{"order"}}}).verdict())
	require.Error(t, (&result{Judged: check.Report{Broken: map[string]int{check.Once: 1}}}).verdict())
	require.Error(t, (&result{Summary: books.Summary{Violations: []books.Violation{{Rule: "paid once"}}}}).verdict())
}

func TestTheReportAndThePictureHoldWhatWasFound(t *testing.T) {
	began := time.Now()
	r := told(t, command("one", history.Acknowledged, 3*time.Second))
	r.began, r.Tortured, r.Drained, r.NoDisks = began, 100, 20, "no <root> here"
	r.sum([]nemesis.Fault{
		{Kind: nemesis.Slow, Target: "a → b", Detail: "1 & 2", Began: began.Add(time.Second), Healed: began.Add(3 * time.Second), Well: time.Second},
	})
	r.Violations = []books.Violation{{Rule: "every order ends", ID: "o1", What: "it didn't"}}
	r.Ended["dispatch"] = 2
	r.Judged = check.Report{Broken: map[string]int{check.Rebuilt: 1}, Violations: []check.Violation{{Rule: check.Rebuilt, ID: "menu", How: "differs"}}}
	dir := t.TempDir()
	require.NoError(t, r.write(dir))
	said, err := os.ReadFile(filepath.Join(dir, "report.md"))
	require.NoError(t, err)
	for _, part := range []string{
		"| faults injected | 1 |", "| commands acknowledged | 1 |", "| slow | 1 | 1.00 s | 1.00 s | 0 |", "no <root> here", "| dispatch | 2 |",
		"BROKEN: every order ends: o1: it didn't", "BROKEN: " + check.Rebuilt + ": menu: differs", "| promises broken | 2 |",
	} {
		require.Contains(t, string(said), part)
	}
	drawn, err := os.ReadFile(filepath.Join(dir, "torture.svg"))
	require.NoError(t, err)
	require.Contains(t, string(drawn), "slow: a → b, 1 &amp; 2")
	for d := xml.NewDecoder(strings.NewReader(string(drawn))); ; {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
	}
}
