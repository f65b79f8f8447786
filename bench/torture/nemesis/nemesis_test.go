package nemesis

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"tiffin/bench/torture/cluster"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// drawn is a cluster on paper: enough to plan against.
func drawn() *cluster.Cluster {
	c := &cluster.Cluster{Disks: map[string]*cluster.Disk{"mongolite": {}}}
	for _, name := range []string{"mongolite", "ordering", "customer-bff"} {
		c.Processes = append(c.Processes, &cluster.Process{Name: name, Tells: name != "mongolite"})
	}
	for i := range cluster.Nodes {
		name := fmt.Sprintf("nats-%d", i)
		c.Processes, c.Disks[name] = append(c.Processes, &cluster.Process{Name: name}), &cluster.Disk{}
		for j := range cluster.Nodes {
			if i != j {
				c.Links = append(c.Links, &cluster.Link{From: name, To: fmt.Sprintf("nats-%d", j)})
			}
		}
		c.Links = append(c.Links, &cluster.Link{From: "ordering", To: name})
	}
	c.Links = append(c.Links, &cluster.Link{From: "customer-bff", To: "ordering"}, &cluster.Link{From: "customer-bff", To: "mongolite"})
	return c
}

func said(plan []planned) (out []string) {
	for _, p := range plan {
		out = append(out, fmt.Sprint(p.kind, p.target, p.detail, p.lasts, p.after))
	}
	return out
}

func TestTheSeedDecidesEverything(t *testing.T) {
	same, again, other := New(drawn(), Options{Seed: 7}), New(drawn(), Options{Seed: 7}), New(drawn(), Options{Seed: 8})
	differs := false
	for range 50 {
		plan := said(same.plan())
		require.Equal(t, plan, said(again.plan()))
		differs = differs || !equal(plan, said(other.plan()))
	}
	require.True(t, differs)
}

func equal(a, b []string) bool { return fmt.Sprint(a) == fmt.Sprint(b) }

func TestARoundLeavesTheHubItsMajorityOrTakesAllOfIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := New(drawn(), Options{Seed: rapid.Uint64().Draw(t, "seed"), AtOnce: rapid.IntRange(1, 12).Draw(t, "at once")})
		for range 20 {
			hit := map[string]int{}
			for _, p := range n.plan() {
				hit[p.crowd]++
				require.LessOrEqual(t, p.after, spread)
				require.LessOrEqual(t, p.lasts, 2*n.o.Most)
			}
			require.NotEmpty(t, hit)
			for who, times := range hit {
				require.Equal(t, 1, times, "%s: one fault does not hide behind another", who)
			}
		}
	})
}

func TestEveryKindComesUp(t *testing.T) {
	n, seen := New(drawn(), Options{Seed: 1}), map[Kind]bool{}
	for range 500 {
		for _, p := range n.plan() {
			seen[p.kind] = true
		}
	}
	for _, k := range Kinds {
		require.True(t, seen[k], k)
		require.Positive(t, weights[k], k)
	}
	c := drawn()
	c.Disks = nil
	for _, w := range arsenal(c, Options{}.filled()) {
		require.NotEqual(t, Disk, w.kind, "there is none to fill")
	}
}

func TestWhatWasStruckIsTakenBackWhateverHappens(t *testing.T) {
	struck, healed := 0, 0
	ctx, stop := context.WithCancel(t.Context())
	p := planned{weapon{kind: Kill, target: "x"}, blow{
		lasts:  time.Hour,
		strike: func() error { struck++; stop(); return errors.New("half of it") },
		heal:   func() error { healed++; return nil },
	}, 0}
	f := inject(ctx, 3, p)
	require.Equal(t, []int{1, 1}, []int{struck, healed})
	require.Equal(t, "half of it", f.Trouble)
	require.Equal(t, 3, f.Round)
	require.False(t, f.Healed.Before(f.Began))
	p.after = time.Hour
	require.Zero(t, inject(ctx, 4, p).Began, "nothing is begun when it is over")
	require.Equal(t, []int{1, 1}, []int{struck, healed})
}
