package cluster

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const wait = 30 * time.Second

// kept is a process that a test keeps. It appends a line to a file whenever it starts, and whenever it is asked to.
func kept(t *testing.T, script string) (p *Process, dir string) {
	t.Helper()
	dir = t.TempDir()
	p, err := newProcess("kept", "/bin/sh", []string{"-c", script}, []string{"WHO=kept"}, dir, filepath.Join(dir, "log"))
	require.NoError(t, err)
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	go p.keep(ctx)
	t.Cleanup(func() {
		stop()
		<-p.stopped
	})
	return p, dir
}

func lines(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	return strings.Fields(string(text))
}

func TestWhatEndsIsStartedAgain(t *testing.T) {
	p, dir := kept(t, "echo $WHO >> starts")
	require.Eventually(t, func() bool { return len(lines(t, filepath.Join(dir, "starts"))) > 2 }, wait, time.Millisecond)
	require.Positive(t, p.Ended())
}

func TestWhatIsKilledStaysDownUntilItIsReleased(t *testing.T) {
	p, dir := kept(t, "echo $WHO >> starts; exec sleep 600")
	starts := func() int { return len(lines(t, filepath.Join(dir, "starts"))) }
	require.Eventually(t, func() bool { return starts() == 1 }, wait, time.Millisecond)
	pid := p.Pid()
	p.Kill()
	require.Zero(t, p.Pid())
	require.ErrorIs(t, syscall.Kill(pid, 0), syscall.ESRCH)
	p.Kill() // again is no harm
	require.Equal(t, 1, starts())
	p.Release("WHO=other")
	require.Eventually(t, func() bool { return starts() == 2 }, wait, time.Millisecond)
	require.Equal(t, []string{"kept", "other"}, lines(t, filepath.Join(dir, "starts")))
	p.Kill()
	p.Release()
	require.Eventually(t, func() bool { return starts() == 3 }, wait, time.Millisecond)
	require.Equal(t, "kept", lines(t, filepath.Join(dir, "starts"))[2], "what was added was for one start")
	require.Zero(t, p.Ended(), "it never ended of its own accord")
}

func TestWhatIsPausedStandsStillAndCanBeKilled(t *testing.T) {
	p, dir := kept(t, "while echo x >> beats; do sleep 0.01; done")
	beats := func() int { return len(lines(t, filepath.Join(dir, "beats"))) }
	state := func() string {
		text, err := os.ReadFile("/proc/" + strconv.Itoa(p.Pid()) + "/stat")
		require.NoError(t, err)
		return strings.Fields(string(text))[2]
	}
	require.Eventually(t, func() bool { return beats() > 1 }, wait, time.Millisecond)
	p.Pause()
	require.Eventually(t, func() bool { return state() == "T" }, wait, time.Millisecond)
	before := beats()
	p.Resume()
	require.Eventually(t, func() bool { return beats() > before }, wait, time.Millisecond)
	p.Pause()
	p.Kill()
	require.Zero(t, p.Pid())
}

func TestNothingOutlivesWhoKeepsIt(t *testing.T) {
	if attached().Pdeathsig == 0 {
		t.Skip("this system does not tie a process to its parent")
	}
	dir := t.TempDir()
	keeper := exec.CommandContext(t.Context(), os.Args[0])
	keeper.Env = append(os.Environ(), keeperVariable+"="+dir)
	require.NoError(t, keeper.Start())
	var pid int
	require.Eventually(t, func() bool {
		if got := lines(t, filepath.Join(dir, "pid")); len(got) == 1 {
			pid, _ = strconv.Atoi(got[0])
		}
		return pid > 0
	}, wait, time.Millisecond)
	require.NoError(t, syscall.Kill(pid, 0))
	require.NoError(t, keeper.Process.Kill())
	_ = keeper.Wait() // it tells of the kill
	require.Eventually(t, func() bool { return gone(pid) }, wait, time.Millisecond)
}

// gone: nobody of that number runs; who is dead and not yet collected doesn't.
func gone(pid int) bool {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err != nil || strings.Fields(string(text))[2] == "Z"
}
