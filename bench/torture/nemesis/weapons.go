package nemesis

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"tiffin/bench/torture/cluster"
)

// weapon is a kind of fault and whom it can hit.
type weapon struct {
	kind   Kind
	target string
	// crowd is of whom one at a time may be hit: the hub needs a majority of its servers.
	crowd string
	// aim decides how.
	aim func(r *rand.Rand) blow
}

// blow is a fault that is decided on.
type blow struct {
	detail       string
	lasts        time.Duration
	strike, heal func() error
}

// The servers of the hub are one crowd.
const hub = "nats"

func crowdOf(process string) string {
	if strings.HasPrefix(process, hub+"-") {
		return hub
	}
	return process
}

func between(r *rand.Rand, least, most time.Duration) time.Duration {
	return least + time.Duration(r.Int64N(int64(most-least)+1))
}

// arsenal is every weapon against the cluster.
func arsenal(c *cluster.Cluster, o Options) []weapon {
	out := []weapon{killHub(c)}
	for _, p := range c.Processes {
		out = append(out, kill(p), stop(p, o))
		if _, ok := c.Disks[p.Name]; ok {
			out = append(out, fill(p, c.Disks[p.Name]))
		}
		if p.Tells {
			out = append(out, misset(p, o))
		}
	}
	for i := range cluster.Nodes {
		out = append(out, partition(c, fmt.Sprintf("%s-%d", hub, i), o))
	}
	return append(out, wires(c, o)...)
}

func kill(p *cluster.Process) weapon {
	return weapon{Kill, p.Name, crowdOf(p.Name), func(r *rand.Rand) blow {
		return blow{
			lasts:  between(r, 0, 1500*time.Millisecond),
			strike: func() error { p.Kill(); return nil },
			heal:   func() error { p.Release(); return nil },
		}
	}}
}

func killHub(c *cluster.Cluster) weapon {
	var nodes []*cluster.Process
	for _, p := range c.Processes {
		if crowdOf(p.Name) == hub {
			nodes = append(nodes, p)
		}
	}
	return weapon{KillHub, "every server", hub, func(r *rand.Rand) blow {
		return blow{
			lasts: between(r, 0, time.Second),
			strike: func() error {
				for _, p := range nodes {
					p.Kill()
				}
				return nil
			},
			heal: func() error {
				for _, p := range nodes {
					p.Release()
				}
				return nil
			},
		}
	}}
}

func stop(p *cluster.Process, o Options) weapon {
	return weapon{Pause, p.Name, crowdOf(p.Name), func(r *rand.Rand) blow {
		return blow{
			lasts:  between(r, o.Least, o.Most),
			strike: func() error { p.Pause(); return nil },
			heal:   func() error { p.Resume(); return nil },
		}
	}}
}

// fill fills the disk of a process. A server whose disk was full has given up storing, so whoever makes room starts it again.
func fill(p *cluster.Process, d *cluster.Disk) weapon {
	return weapon{Disk, p.Name, crowdOf(p.Name), func(r *rand.Rand) blow {
		return blow{lasts: between(r, time.Second, 3*time.Second), strike: d.Fill, heal: func() error {
			if err := d.Empty(); err != nil {
				return err
			}
			if crowdOf(p.Name) == hub {
				p.Kill()
				p.Release()
			}
			return nil
		}}
	}}
}

// misset starts a process again with a clock that is wrong, and again with one that is right.
func misset(p *cluster.Process, o Options) weapon {
	return weapon{Clock, p.Name, crowdOf(p.Name), func(r *rand.Rand) blow {
		off := between(r, -o.Skew, o.Skew).Round(time.Millisecond)
		restart := func(settings ...string) {
			p.Kill()
			p.Release(settings...)
		}
		return blow{
			detail: fmt.Sprintf("%+.1f s", off.Seconds()), lasts: between(r, 2*o.Least, 2*o.Most),
			strike: func() error { restart("TIFFIN_CLOCK_OFFSET=" + off.String()); return nil },
			heal:   func() error { restart(); return nil },
		}
	}}
}

// weights say how often a kind is chosen.
var weights = map[Kind]int{Kill: 6, KillHub: 2, Pause: 5, Cut: 5, Break: 3, Slow: 4, Partition: 3, Disk: 2, Clock: 3}

// choose chooses a weapon against none of those who are hit already; false: there is none.
func choose(r *rand.Rand, all []weapon, hit map[string]bool) (weapon, bool) {
	by := map[Kind][]weapon{}
	total := 0
	for _, w := range all {
		if hit[w.crowd] {
			continue
		}
		if by[w.kind] == nil {
			total += weights[w.kind]
		}
		by[w.kind] = append(by[w.kind], w)
	}
	if total == 0 {
		return weapon{}, false
	}
	at := r.IntN(total)
	i := slices.IndexFunc(Kinds, func(k Kind) bool {
		if by[k] == nil {
			return false
		}
		at -= weights[k]
		return at < 0
	})
	of := by[Kinds[i]]
	return of[r.IntN(len(of))], true
}
