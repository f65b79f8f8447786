package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// Process is a program that is started again whenever it ends, as whoever deploys it would see to. It is safe for concurrent
// use.
type Process struct {
	Name string
	// Tells: it has a clock of its own, which TIFFIN_CLOCK_OFFSET puts wrong.
	Tells bool

	binary   string
	args     []string
	settings []string
	dir      string
	said     *os.File
	stopped  chan struct{} // nobody starts it any more, and it has ended

	mu      sync.Mutex
	more    []string
	cmd     *exec.Cmd     // nil: it does not run
	held    bool          // it is not to be started
	changed chan struct{} // closed when any of the above changes
	starts  int
	own     int // how often it ended of its own accord
}

// again is how long a process that has ended is left alone.
const again = 300 * time.Millisecond

// newProcess prepares a process, which Keep starts. What it says is appended to a file of its own.
func newProcess(name, binary string, args, settings []string, dir, log string) (*Process, error) {
	said, err := os.OpenFile(log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600) //nolint:gosec // the folder is the operator's
	if err != nil {
		return nil, err
	}
	return &Process{
		Name: name, binary: binary, args: args, settings: settings, dir: dir, said: said,
		stopped: make(chan struct{}), changed: make(chan struct{}),
	}, nil
}

// keep starts the process, and starts it again, until ctx ends; then it asks it to stop, and returns when it has.
func (p *Process) keep(ctx context.Context) {
	defer close(p.stopped)
	defer func() { _ = p.said.Close() }() // what it said is said
	for ctx.Err() == nil {
		if !p.allowed(ctx) {
			return
		}
		ended, err := p.start()
		if err != nil {
			slog.ErrorContext(ctx, "a process can't be started", "process", p.Name, "error", err)
		} else {
			select {
			case <-ended:
			case <-ctx.Done():
				p.end(ended)
				return
			}
		}
		pause(ctx, again)
	}
}

// allowed waits until the process may be started; false: it never will be.
func (p *Process) allowed(ctx context.Context) bool {
	for {
		p.mu.Lock()
		held, changed := p.held, p.changed
		p.mu.Unlock()
		if !held {
			return ctx.Err() == nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return false
		}
	}
}

// start starts the process. The channel is closed when it has ended.
func (p *Process) start() (ended <-chan struct{}, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	cmd := exec.Command(p.binary, p.args...) //nolint:gosec,noctx // the programs are ours, and end otherwise
	cmd.Env = append(append([]string{"PATH=" + os.Getenv("PATH")}, p.settings...), p.more...)
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.SysProcAttr = p.dir, p.said, p.said, attached()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p.starts++
	p.say("process %d starts, with %q", cmd.Process.Pid, p.more)
	p.cmd = cmd
	p.change()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = cmd.Wait() // how it ended is said below
		p.mu.Lock()
		defer p.mu.Unlock()
		p.cmd = nil
		if !p.held {
			p.own++
		}
		p.say("process %d has ended: %s", cmd.Process.Pid, cmd.ProcessState)
		p.change()
	}()
	return done, nil
}

// end asks the process to stop, and kills it where it doesn't.
func (p *Process) end(ended <-chan struct{}) {
	p.Resume()
	p.signal(syscall.SIGTERM)
	select {
	case <-ended:
	case <-time.After(patience):
		slog.Error("a process did not stop when it was told to", "process", p.Name)
		p.signal(syscall.SIGKILL)
		<-ended
	}
}

// Kill ends the process as a crash does, and returns when it has ended. It stays down until Release.
func (p *Process) Kill() {
	p.mu.Lock()
	p.held = true
	p.change()
	p.mu.Unlock()
	p.signal(syscall.SIGKILL)
	for {
		p.mu.Lock()
		cmd, changed := p.cmd, p.changed
		p.mu.Unlock()
		if cmd == nil {
			return
		}
		<-changed
	}
}

// Release lets the process start again, with settings that are added to its own; none: with its own.
func (p *Process) Release(more ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.more, p.held = more, false
	p.change()
}

// Pause stops the process in the middle of whatever it does; Resume lets it go on as if nothing had happened.
func (p *Process) Pause() { p.signal(syscall.SIGSTOP) }

// Resume lets a paused process go on.
func (p *Process) Resume() { p.signal(syscall.SIGCONT) }

// Ended is how often the process has ended of its own accord.
func (p *Process) Ended() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.own
}

// Pid of the process; 0: it does not run.
func (p *Process) Pid() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd == nil {
		return 0
	}
	return p.cmd.Process.Pid
}

// signal reaches the process if it runs.
func (p *Process) signal(s syscall.Signal) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd == nil {
		return
	}
	if err := p.cmd.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		slog.Error("a process can't be reached", "process", p.Name, "signal", s.String(), "error", err)
	}
}

func (p *Process) change() {
	close(p.changed)
	p.changed = make(chan struct{})
}

// say writes between what the process says.
func (p *Process) say(what string, args ...any) {
	_, _ = io.WriteString(p.said, time.Now().Format(time.RFC3339Nano)+" == "+fmt.Sprintf(what, args...)+"\n")
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
