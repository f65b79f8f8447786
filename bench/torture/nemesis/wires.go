package nemesis

import (
	"errors"
	"math/rand/v2"
	"time"

	"tiffin/bench/torture/cluster"
)

var bothWays = []cluster.Direction{cluster.Out, cluster.Back}

// each does the same to several links.
func each(links []*cluster.Link, do func(*cluster.Link) error) func() error {
	return func() (err error) {
		for _, l := range links {
			err = errors.Join(err, do(l))
		}
		return err
	}
}

// wires are the weapons against links: those of a process to the hub all together, or one by one.
func wires(c *cluster.Cluster, o Options) []weapon {
	var out []weapon
	toHub := map[string][]*cluster.Link{}
	against := func(target string, links ...*cluster.Link) {
		heal := each(links, (*cluster.Link).Heal)
		out = append(out,
			weapon{Cut, target, target, func(r *rand.Rand) blow {
				cut := each(links, func(l *cluster.Link) error { return l.Cut(bothWays...) })
				return blow{lasts: between(r, o.Least, o.Most), strike: cut, heal: heal}
			}},
			weapon{Break, target, target, func(r *rand.Rand) blow {
				return blow{lasts: between(r, 0, o.Most), heal: heal, strike: each(links, (*cluster.Link).Break)}
			}},
			weapon{Slow, target, target, func(r *rand.Rand) blow {
				by := between(r, 20*time.Millisecond, o.Late).Round(time.Millisecond)
				return blow{
					detail: by.String(), lasts: between(r, o.Least, 2*o.Most), heal: heal,
					strike: each(links, func(l *cluster.Link) error { return l.Slow(by) }),
				}
			}})
	}
	var order []string
	for _, l := range c.Links {
		switch {
		case crowdOf(l.From) == hub: // see partition
		case crowdOf(l.To) == hub:
			if toHub[l.From] == nil {
				order = append(order, l.From)
			}
			toHub[l.From] = append(toHub[l.From], l)
		default:
			against(l.String(), l)
		}
	}
	for _, from := range order {
		against(from+" → hub", toHub[from]...)
	}
	return out
}

// partition keeps a server of the hub from hearing the others, the others from hearing it, or both.
func partition(c *cluster.Cluster, node string, o Options) weapon {
	var from, to []*cluster.Link
	for _, l := range c.Links {
		switch {
		case l.From == node:
			from = append(from, l)
		case l.To == node && crowdOf(l.From) == hub:
			to = append(to, l)
		}
	}
	return weapon{Partition, node, hub, func(r *rand.Rand) blow {
		how, outward, inward := "hears nothing", []cluster.Direction{cluster.Back}, []cluster.Direction{cluster.Out}
		switch r.IntN(3) {
		case 0:
			how, outward, inward = "is not heard", inward, outward
		case 1:
			how, outward, inward = "neither hears nor is heard", bothWays, bothWays
		}
		cut := func(ways []cluster.Direction) func(*cluster.Link) error {
			return func(l *cluster.Link) error { return l.Cut(ways...) }
		}
		return blow{
			detail: how, lasts: between(r, o.Least, 2*o.Most),
			strike: func() error { return errors.Join(each(from, cut(outward))(), each(to, cut(inward))()) },
			heal:   each(append(append([]*cluster.Link{}, from...), to...), (*cluster.Link).Heal),
		}
	}}
}
