package runtest

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// Process is a program that runs. It is used by the test's goroutine, but for its output.
type Process struct {
	// Stdout and Stderr are what it has said so far.
	Stdout, Stderr Output

	name string
	cmd  *exec.Cmd
	over bool
}

// Start runs a program that Main has built with those settings, in an empty directory, and with nothing else of ours around
// it. Where the test doesn't end it, it is told to stop with the test, and must then exit with 0.
func Start(t testing.TB, name string, settings ...string) *Process {
	t.Helper()
	p := &Process{name: name, cmd: exec.Command(filepath.Join(built, name))}
	p.cmd.Env, p.cmd.Dir = append([]string{"PATH=" + os.Getenv("PATH")}, settings...), t.TempDir()
	p.cmd.Stdout, p.cmd.Stderr = &p.Stdout, &p.Stderr
	require.NoError(t, p.cmd.Start())
	t.Cleanup(func() {
		if !p.over {
			require.Zero(t, p.Stop(t), "%s said %s", name, p.Stderr.String())
		}
	})
	return p
}

// Stop tells it to stop as an operator does, and returns its exit code.
func (p *Process) Stop(t testing.TB) int {
	t.Helper()
	require.NoError(t, p.cmd.Process.Signal(syscall.SIGTERM))
	return p.Wait(t)
}

// Kill ends it as a crash does.
func (p *Process) Kill(t testing.TB) {
	t.Helper()
	require.NoError(t, p.cmd.Process.Kill())
	require.Equal(t, -1, p.Wait(t), "%s ended before it was killed: %s", p.name, p.Stderr.String())
}

// Wait returns its exit code when it has ended; -1: by a signal.
func (p *Process) Wait(t testing.TB) int {
	t.Helper()
	p.over = true
	var exit *exec.ExitError
	if err := p.cmd.Wait(); err != nil && !errors.As(err, &exit) {
		require.NoError(t, err)
	}
	return p.cmd.ProcessState.ExitCode()
}

// What FreeAddr has given away, which nobody may listen on yet.
var given sync.Map

// FreeAddr is an address on loopback whose port was free a moment ago. It is given once, and lies below those that connections
// are given, so that it stays free until it is used, and while what listens there is started again.
func FreeAddr(t testing.TB) string {
	t.Helper()
	for range 100 {
		addr := fmt.Sprintf("127.0.0.1:%d", 20_000+rand.IntN(12_000))
		l, err := net.Listen("tcp", addr)
		if err != nil {
			continue
		}
		require.NoError(t, l.Close())
		if _, before := given.LoadOrStore(addr, true); !before {
			return addr
		}
	}
	t.Fatal("no port is free")
	return ""
}

// Output may be read while it is written.
type Output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write appends.
func (o *Output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(b)
}

// String is all that was written.
func (o *Output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}
