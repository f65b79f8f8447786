package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/platform/run"
	"tiffin/platform/run/runtest"
)

func TestMain(m *testing.M) { runtest.Main(m, "tiffin/deploy/local") }

const patience = 30 * time.Second

// around are settings that work, but for those given, which come last and so count.
func around(t *testing.T, given ...string) []string {
	t.Helper()
	return append([]string{
		"TIFFIN_HTTP_ADDR=" + runtest.FreeAddr(t), "TIFFIN_GRPC_ADDR=" + runtest.FreeAddr(t), "TIFFIN_DATA_DIR=" + t.TempDir(),
		"TIFFIN_WEB_DIR=" + webDir(t), "TIFFIN_SANDBOX_ADDR=127.0.0.1:0", "TIFFIN_SIM=off",
	}, given...)
}

func TestWhatCantStartSaysWhyInOneLine(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { _ = taken.Close() }()
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	others := t.TempDir()
	release, err := run.ClaimDir("TIFFIN_DATA_DIR", others)
	require.NoError(t, err)
	defer func() { require.NoError(t, release()) }()
	for name, c := range map[string]struct{ given, says string }{
		"HTTP port in use":         {"TIFFIN_HTTP_ADDR=" + taken.Addr().String(), "in use by another process"},
		"gRPC port in use":         {"TIFFIN_GRPC_ADDR=" + taken.Addr().String(), "in use by another process"},
		"address of others":        {"TIFFIN_HTTP_ADDR=0.0.0.0:8080", "loopback"},
		"directory below a file":   {"TIFFIN_DATA_DIR=" + filepath.Join(file, "data"), "can't make"},
		"a directory of another":   {"TIFFIN_DATA_DIR=" + others, "in use by another process"},
		"a file for a directory":   {"TIFFIN_DATA_DIR=" + file, "can't make"},
		"no NATS there":            {"TIFFIN_NATS_URL=nats://u:secret@" + runtest.FreeAddr(t), "can't connect"},
		"no MongoDB there":         {"TIFFIN_MONGODB_URI=mongodb://u:secret@" + runtest.FreeAddr(t), "can't reach"},
		"no frontends there":       {"TIFFIN_WEB_DIR=" + t.TempDir(), "mfe.json"},
		"unknown setting":          {"TIFFIN_HTP_ADDR=localhost:8080", "unknown setting"},
		"sandbox's port in use":    {"TIFFIN_SANDBOX_ADDR=" + taken.Addr().String(), "in use by another process"},
		"no part of 1":             {"TIFFIN_SANDBOX_FAULTS=2", "not a part of 1"},
		"a processor without keys": {"TIFFIN_PROCESSOR_URL=http://u:secret@" + runtest.FreeAddr(t), "TIFFIN_PROCESSOR_KEY"},
		"no such service":          {"TIFFIN_WITHOUT=kichen", "kichen"},
		"too many couriers":        {"TIFFIN_DEMO_COURIERS=100000", "not 0 to"},
		"neither on nor off":       {"TIFFIN_SIM=maybe", "neither on nor off"},
		"no number":                {"TIFFIN_TIME_FACTOR=fast", "fast"},
		"no address":               {"TIFFIN_HTTP_ADDR=8080", "not host:port"},
		"no URL":                   {"TIFFIN_NATS_URL=here", "not a URL"},
		"replicas without cluster": {"TIFFIN_REPLICAS=3", "cluster"},
	} {
		t.Run(name, func(t *testing.T) {
			p := runtest.Start(t, "local", around(t, c.given)...)
			require.Equal(t, 1, p.Wait(t))
			said, setting := p.Stderr.String(), strings.SplitN(c.given, "=", 2)[0]
			require.Equal(t, 1, strings.Count(said, "\n"), said)
			require.True(t, strings.HasPrefix(said, "tiffin: "), said)
			require.Contains(t, said, setting)
			require.Contains(t, said, c.says)
			require.NotContains(t, said, "secret")
			require.Empty(t, p.Stdout.String())
		})
	}
}

// ready waits for the line that says so, and returns the URL in it.
func ready(t *testing.T, p *runtest.Process) string {
	t.Helper()
	require.Eventually(t, func() bool { return strings.Contains(p.Stdout.String(), "\n") }, 2*patience, 20*time.Millisecond)
	url, said := strings.CutPrefix(p.Stdout.String(), "tiffin ready ")
	require.True(t, said, p.Stdout.String())
	return strings.TrimSpace(url)
}

func TestItStopsWhenItIsToldTo(t *testing.T) {
	p := runtest.Start(t, "local", around(t)...)
	ready(t, p)
	require.Zero(t, p.Stop(t), p.Stderr.String())
	require.Equal(t, 1, strings.Count(p.Stdout.String(), "\n"), "it says that it is ready, and nothing else")

	// In the middle of its start, too.
	addr := runtest.FreeAddr(t)
	early := runtest.Start(t, "local", around(t, "TIFFIN_HTTP_ADDR="+addr)...)
	require.Eventually(t, func() bool {
		conn, err := net.Dial("tcp", addr)
		return err == nil && conn.Close() == nil
	}, patience, time.Millisecond)
	require.Zero(t, early.Stop(t), early.Stderr.String())
}
