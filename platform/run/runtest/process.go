package runtest

import (
	"bytes"
	"errors"
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

// FreeAddr is an address on loopback whose port was free a moment ago.
func FreeAddr(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { _ = l.Close() }()
	return l.Addr().String()
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
