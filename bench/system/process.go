package system

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/prometheus/procfs"
)

// Options say what to start.
type Options struct {
	// Binary is deploy/local, built. It runs in the current folder, which must be the repository's top.
	Binary string
	// DataDir is the process's own.
	DataDir string
	// HTTPAddr and GRPCAddr are where it serves; free ports where none are given.
	HTTPAddr, GRPCAddr string
	// Settings are added to the environment, in which the simulation is off; other TIFFIN_ variables are not passed on.
	Settings []string
}

// Process is a running Tiffin that has said that it is ready.
type Process struct {
	// URL is where it serves HTTP, HTTPAddr the same as an address, and GRPCAddr where it takes calls.
	URL, HTTPAddr, GRPCAddr string
	// ReadyIn is how long it took from its start to its ready line.
	ReadyIn time.Duration

	cmd  *exec.Cmd
	said *os.File
	done chan struct{}
}

const (
	readyLine = "tiffin ready "
	stopGrace = 25 * time.Second
)

// Start starts the process and returns when it is ready. It is asked to stop when ctx ends; see Stop for waiting.
func Start(ctx context.Context, o Options) (*Process, error) {
	web, err1 := orFree(ctx, o.HTTPAddr)
	calls, err2 := orFree(ctx, o.GRPCAddr)
	if err := errors.Join(err1, err2, os.MkdirAll(o.DataDir, 0o700)); err != nil {
		return nil, err
	}
	said, err := os.OpenFile(o.DataDir+".log", os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	p := &Process{URL: "http://" + web, HTTPAddr: web, GRPCAddr: calls, said: said, done: make(chan struct{})}
	p.cmd = exec.CommandContext(ctx, o.Binary) //nolint:gosec // the binary is the benchmark's own
	p.cmd.Env = append(withoutSettings(os.Environ()), "TIFFIN_HTTP_ADDR="+web, "TIFFIN_GRPC_ADDR="+calls, "TIFFIN_DATA_DIR="+o.DataDir,
		"TIFFIN_SANDBOX_ADDR=127.0.0.1:0", "TIFFIN_SIM=off")
	p.cmd.Env = append(p.cmd.Env, o.Settings...)
	p.cmd.Stderr, p.cmd.WaitDelay = said, stopGrace
	p.cmd.Cancel = func() error { return p.cmd.Process.Signal(syscall.SIGTERM) }
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, errors.Join(err, said.Close())
	}
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, errors.Join(err, said.Close())
	}
	ready := make(chan struct{})
	go p.listen(out, ready)
	select {
	case <-ready:
		p.ReadyIn = time.Since(began)
		return p, nil
	case <-p.done:
		return nil, errors.Join(fmt.Errorf("%s ended before it was ready: see %s", o.Binary, said.Name()), p.Stop())
	case <-ctx.Done():
		return nil, errors.Join(ctx.Err(), p.Stop())
	}
}

// listen reads what the process prints, until it ends.
func (p *Process) listen(out io.Reader, ready chan<- struct{}) {
	defer close(p.done)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), readyLine) {
			close(ready)
			break
		}
	}
	_, _ = io.Copy(io.Discard, out) // it ends with the process
}

// Stop asks the process to stop and waits until it has. One that stopped with an error is an error.
func (p *Process) Stop() error {
	if err := p.cmd.Cancel(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-p.done // before Wait, which closes the pipe
	return errors.Join(p.cmd.Wait(), p.said.Close())
}

// Kill ends the process as a crash does, and returns when it has ended.
func (p *Process) Kill() error {
	if err := p.cmd.Process.Kill(); err != nil {
		return err
	}
	<-p.done
	_ = p.cmd.Wait() // it says that the process was killed
	return p.said.Close()
}

// Ended is closed when the process has ended, whatever ended it.
func (p *Process) Ended() <-chan struct{} { return p.done }

// Resident returns how much of the process is in memory, in bytes, once it is quiet: once it has taken less than a
// fiftieth of a processor for some seconds, for a minute at most.
func (p *Process) Resident(ctx context.Context) (uint64, error) {
	const look, quiet, patience = time.Second, 0.02, 60
	proc, err := procfs.NewProc(p.cmd.Process.Pid)
	if err != nil {
		return 0, err
	}
	before, inARow := 0.0, 0
	for range patience {
		stat, err := proc.Stat()
		if err != nil {
			return 0, err
		}
		if spent := stat.CPUTime(); spent-before < quiet*look.Seconds() {
			inARow++
		} else {
			inARow = 0
		}
		before = stat.CPUTime()
		if inARow == 3 {
			break
		}
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-time.After(look):
		}
	}
	return p.Memory()
}

// Memory is how much of the process is in memory now, in bytes.
func (p *Process) Memory() (uint64, error) {
	proc, err := procfs.NewProc(p.cmd.Process.Pid)
	if err != nil {
		return 0, err
	}
	status, err := proc.NewStatus()
	return status.VmRSS, err
}

func withoutSettings(environ []string) []string {
	return slices.DeleteFunc(slices.Clone(environ), func(v string) bool { return strings.HasPrefix(v, "TIFFIN_") })
}

// orFree is the address, or one that is free where none is given.
func orFree(ctx context.Context, addr string) (string, error) {
	if addr != "" {
		return addr, nil
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
