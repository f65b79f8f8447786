package lake_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"

	"tiffin/platform/hub/hubtest"
	"tiffin/platform/lake"
	"tiffin/platform/lake/export"
	"tiffin/platform/lake/manifest"
	"tiffin/platform/lake/store"
)

// How an exporter's process is told what to do.
const (
	exportHub   = "TIFFIN_TEST_EXPORT_HUB"
	exportDir   = "TIFFIN_TEST_EXPORT_DIR"
	exportSteps = "TIFFIN_TEST_EXPORT_STEPS"
	exportNow   = "TIFFIN_TEST_EXPORT_NOW"
)

// It is no test, but what a process does that a test below starts: it exports, and is killed before it takes a step for the nth
// time, as nothing but the kernel kills.
func TestExporterProcess(t *testing.T) {
	url := os.Getenv(exportHub)
	if url == "" {
		t.Skip("it is for another test")
	}
	steps, err := strconv.Atoi(os.Getenv(exportSteps))
	require.NoError(t, err)
	now, err := time.Parse(time.RFC3339, os.Getenv(exportNow))
	require.NoError(t, err)
	nc, err := nats.Connect(url)
	require.NoError(t, err)
	defer nc.Close()
	l, err := lake.Open(t.Context(), nc, store.Dir(os.Getenv(exportDir)), manifest.Options{})
	require.NoError(t, err)
	taken := 0
	x, err := export.New(export.Options{
		NATS: nc, Lake: l, Domains: both, Age: age, Now: func() time.Time { return now }, AtOnce: 7, Logger: slog.New(slog.DiscardHandler),
		Taking: func(step string) error {
			if taken == steps {
				_, _ = fmt.Fprintln(os.Stdout, "killed before", step) // nobody reads it, then
				return errors.Join(syscall.Kill(os.Getpid(), syscall.SIGKILL), errKilled)
			}
			taken++
			return nil
		},
	})
	require.NoError(t, err)
	_, err = x.Run(t.Context())
	require.NoError(t, err)
}

// exporter is a process that exports.
type exporter struct {
	cmd *exec.Cmd
	out bytes.Buffer
}

func startExporter(t *testing.T, url, dir string, steps int, now time.Time) *exporter {
	t.Helper()
	x := &exporter{cmd: exec.Command(os.Args[0], "-test.run=^TestExporterProcess$", "-test.v")}
	x.cmd.Env = append(os.Environ(), exportHub+"="+url, exportDir+"="+dir, exportSteps+"="+strconv.Itoa(steps), exportNow+"="+now.Format(time.RFC3339))
	x.cmd.Stdout, x.cmd.Stderr = &x.out, &x.out
	require.NoError(t, x.cmd.Start())
	return x
}

// end returns the step before which the process was killed; empty: it came to its end. Its error is that of another that was
// faster, if it has one.
func (x *exporter) end(t *testing.T) (killedBefore string, failed bool) {
	t.Helper()
	err := x.cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		require.NoError(t, err)
	}
	if status, ok := x.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		_, step, found := strings.Cut(x.out.String(), "killed before ")
		require.True(t, found, x.out.String())
		return strings.Fields(step)[0], false
	}
	if err != nil {
		require.Contains(t, x.out.String(), manifest.ErrOvertaken.Error(), "what an export fails for, if for anything")
	}
	return "", err != nil
}

// Two processes export at once, and each is killed by the kernel amid it, before its first step, its second, and so on, until
// both come to their ends. At each moment the log reads as it did before.
func TestExportersAtOnceThatAreKilledLoseNothing(t *testing.T) {
	server := hubtest.Server(t)
	nc, err := server.Connect()
	require.NoError(t, err)
	t.Cleanup(nc.Close)
	dir := t.TempDir()
	c := cellOn(t.Context(), t, nc, store.Dir(dir))
	lived(c)
	before := c.records(both...)
	killed, overtaken := map[string]int{}, 0
	for n := 0; ; n++ {
		// The second is always a step ahead, and so kept from ending where the first is.
		pair := [2]*exporter{startExporter(t, server.URL(), dir, n, c.now), startExporter(t, server.URL(), dir, n+1, c.now)}
		ended := 0
		for _, x := range pair {
			step, failed := x.end(t)
			switch {
			case step != "":
				killed[step]++
			case failed:
				overtaken++
			default:
				ended++
			}
		}
		require.Equal(t, before, c.records(both...), "after pair %d", n)
		if ended == len(pair) {
			break
		}
		require.Less(t, n, 60, "they come to no end")
	}
	t.Logf("killed before %v, overtaken %d times", killed, overtaken)
	// Which of all it was is chance, where one overtakes the other; TestAnExportSurvivesBeingKilledBetweenAnyTwoSteps leaves none out.
	require.GreaterOrEqual(t, len(killed), 3)
	c.open()
	require.Equal(t, before, c.records(both...))
	require.EqualValues(t, len(before)-60, c.inHub(), "all that was due has left, once")
}
