package cluster

import (
	"context"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"
)

// patient is longer than a busy machine takes to start twenty processes.
const patient = 3 * time.Minute

// One cell for all that is asked of one: it takes a while to start.
func TestACellOfRealProcessesSaysWhatIsIllAndIsWellAgain(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, Build(t.Context(), filepath.Join(dir, "bin"))) // where nothing was compiled yet it takes minutes
	ctx, cancel := context.WithTimeout(t.Context(), patient)
	defer cancel()
	c, err := Start(ctx, Options{Bin: filepath.Join(dir, "bin"), Dir: filepath.Join(dir, "cell"), Factor: 60})
	closed := false
	defer func() {
		if !closed {
			require.NoError(t, c.Close())
		}
	}()
	require.NoError(t, err)
	require.NoError(t, c.Found(ctx, 1, 1, 1))
	require.NoError(t, c.AwaitWell(ctx))
	ill := func(name string) bool {
		return slices.ContainsFunc(c.Ill(ctx), func(said string) bool { return strings.HasPrefix(said, name+": ") })
	}

	t.Run("a process that is killed is ill, and well when it is back", func(t *testing.T) {
		p := c.Process("ordering")
		p.Kill()
		require.True(t, ill("ordering"))
		p.Release("TIFFIN_CLOCK_OFFSET=-10s")
		require.NoError(t, c.AwaitWell(ctx))
	})
	t.Run("a link that is cut is felt, though everybody is well", func(t *testing.T) {
		i := slices.IndexFunc(c.Links, func(l *Link) bool { return l.From == "restaurant-bff" && l.To == "restaurant" })
		require.NoError(t, c.Links[i].Cut(Out, Back))
		require.Empty(t, c.looks.ill(ctx, c.looks.all))
		require.NotEmpty(t, c.Ill(ctx))
		require.NoError(t, c.Links[i].Heal())
		require.NoError(t, c.AwaitWell(ctx))
	})
	t.Run("one of two replicas is enough", func(t *testing.T) {
		c.Process("customer-bff").Kill()
		for range 4 { // in turn
			resp, err := http.Get(c.URL + "/api/customer/v1/restaurants")
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			require.Equal(t, http.StatusOK, resp.StatusCode)
		}
		c.Process("customer-bff").Release()
		require.NoError(t, c.AwaitWell(ctx))
	})
	t.Run("a server of the hub whose routes are cut is found by no other way", func(t *testing.T) {
		for _, l := range c.Links {
			if l.From == node(0) || l.To == node(0) && strings.HasPrefix(l.From, "nats-") {
				require.NoError(t, l.Break())
			}
		}
		require.Eventually(t, func() bool { return ill(node(0)) }, wait, time.Millisecond, "it knows no leader any more")
		for _, l := range c.Links {
			require.NoError(t, l.Heal())
		}
		require.NoError(t, c.AwaitWell(ctx))
	})
	t.Run("the log has three copies", func(t *testing.T) {
		nc, err := nats.Connect(c.NATSURL)
		require.NoError(t, err)
		defer nc.Close()
		js, err := nc.JetStream()
		require.NoError(t, err)
		info, err := js.StreamInfo("EVENTS")
		require.NoError(t, err)
		require.Equal(t, Nodes, info.Config.Replicas)
	})
	t.Run("a disk can be filled and emptied", func(t *testing.T) {
		if c.NoDisks != "" {
			t.Skip(c.NoDisks)
		}
		d := c.Disks[database]
		require.NoError(t, d.Fill())
		var fs syscall.Statfs_t
		require.NoError(t, syscall.Statfs(d.dir, &fs))
		require.Zero(t, fs.Bavail)
		require.NoError(t, d.Empty())
		require.NoError(t, c.AwaitWell(ctx))
	})
	t.Run("nothing is left", func(t *testing.T) {
		var pids []int
		for _, p := range c.Processes {
			pids = append(pids, p.Pid())
		}
		closed = true
		require.NoError(t, c.Close())
		for i, pid := range pids {
			require.NotZero(t, pid, c.Processes[i].Name)
			require.ErrorIs(t, syscall.Kill(pid, 0), syscall.ESRCH, c.Processes[i].Name)
		}
	})
}
