package cluster

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"

	"tiffin/platform/identity"
)

// Options say what to run.
type Options struct {
	// Bin is where Build has put the programs.
	Bin string
	// Dir is the cell's own; what is in it is removed.
	Dir string
	// Factor by which the city's time runs faster.
	Factor float64
	// Cards is the part of the card processor's requests and webhooks that goes wrong of its own accord.
	Cards float64
}

// Cluster is a cell that runs.
type Cluster struct {
	// URL is where people's requests come in, for every BFF and for signing in.
	URL string
	// NATSURL and MongoDBURI are where the servers listen behind their links; for who looks on.
	NATSURL, MongoDBURI string
	// Processes and Links are all that there are.
	Processes []*Process
	Links     []*Link
	// Disks are small ones of their own, by process. NoDisks says why there are none.
	Disks   map[string]*Disk
	NoDisks string

	o         Options
	issuer    *identity.Issuer
	proxies   *toxiproxy.ApiServer
	ports     ports
	addrs     map[string]string
	clients   [Nodes]string
	monitors  [Nodes]string
	door      *door
	looks     *looks
	felt      []*pulse
	stop      context.CancelFunc
	stopNodes context.CancelFunc
	ours      sync.WaitGroup
	others    sync.WaitGroup
}

// patience is how long a process may take to stop.
const patience = 10 * time.Second

// Start starts a cell, and returns when all of it is well, or ctx ends. Close stops what was started, whether there was an
// error or not.
func Start(ctx context.Context, o Options) (*Cluster, error) {
	c := &Cluster{
		o: o, proxies: newProxies(), ports: ports{map[string]bool{}}, addrs: map[string]string{}, Disks: map[string]*Disk{},
		stop: func() {}, stopNodes: func() {},
	}
	if err := c.prepare(ctx); err != nil {
		return c, err
	}
	var running, standing context.Context
	running, c.stop = context.WithCancel(context.WithoutCancel(ctx))
	standing, c.stopNodes = context.WithCancel(context.WithoutCancel(ctx))
	for _, p := range c.Processes {
		if c.stands(p.Name) {
			c.others.Go(func() { p.keep(standing) })
		}
	}
	if err := c.looks.await(ctx, c.looks.nodes); err != nil {
		return c, err
	}
	for _, p := range c.Processes {
		if !c.stands(p.Name) {
			c.ours.Go(func() { p.keep(running) })
		}
	}
	return c, c.looks.await(ctx, c.looks.all)
}

// stands reports whether that is what others stand on, and so starts before them and stops after them.
func (c *Cluster) stands(name string) bool {
	return strings.HasPrefix(name, "nats-") || name == database || name == cards
}

// prepare gives everything its address and its settings.
func (c *Cluster) prepare(ctx context.Context) (err error) {
	if c.o.Dir, err = filepath.Abs(c.o.Dir); err != nil {
		return err
	}
	if c.o.Bin, err = filepath.Abs(c.o.Bin); err != nil {
		return err
	}
	left(c.o.Dir)
	if err := errors.Join(os.RemoveAll(c.o.Dir), os.MkdirAll(filepath.Join(c.o.Dir, "logs"), 0o700), os.MkdirAll(c.DataDir(), 0o700)); err != nil {
		return err
	}
	if c.issuer, err = identity.NewIssuer(c.DataDir(), time.Now); err != nil {
		return err
	}
	for _, name := range append(names(), database, cards, webhooks) {
		if c.addrs[name], err = c.ports.free(); err != nil {
			return err
		}
	}
	if err := c.nats(); err != nil {
		return err
	}
	if err := c.foundations(); err != nil {
		return err
	}
	for _, p := range programs {
		settings, err := c.settings(p)
		if err != nil {
			return err
		}
		if err := c.add(p.name, filepath.Join(p.folder(), p.binary), nil, settings); err != nil {
			return err
		}
		c.Processes[len(c.Processes)-1].Tells = true
	}
	c.NATSURL, c.MongoDBURI = "nats://"+strings.Join(c.clients[:], ",nats://"), "mongodb://"+c.addrs[database]+"/"
	if c.looks, err = newLooks(c); err != nil {
		return err
	}
	c.door, err = openDoor(ctx, c)
	return err
}

func (p program) folder() string {
	if p.audience != "" {
		return bffFolder
	}
	return ""
}

func names() []string {
	var out []string
	for _, p := range programs {
		out = append(out, p.name)
	}
	return out
}

// DataDir is what the processes of a cell share.
func (c *Cluster) DataDir() string { return filepath.Join(c.o.Dir, "data") }

// Ledger is the card processor's own file.
func (c *Cluster) Ledger() string { return filepath.Join(c.o.Dir, cards, "operations.jsonl") }

// add prepares a process.
func (c *Cluster) add(name, binary string, args, settings []string) error {
	home := filepath.Join(c.o.Dir, "home", name)
	if err := os.MkdirAll(home, 0o700); err != nil {
		return err
	}
	p, err := newProcess(name, filepath.Join(c.o.Bin, binary), args, settings, home, filepath.Join(c.o.Dir, "logs", name+".log"))
	if err != nil {
		return err
	}
	c.Processes = append(c.Processes, p)
	return nil
}

// link lets a process reach another at the address where that listens.
func (c *Cluster) link(from, to, target string) (*Link, error) {
	listen, err := c.ports.free()
	if err != nil {
		return nil, err
	}
	l := &Link{From: from, To: to, proxies: c.proxies, listen: listen, target: target}
	if err := l.open(); err != nil {
		return nil, err
	}
	c.Links = append(c.Links, l)
	return l, nil
}

// Process returns the one of that name; nil: there is none.
func (c *Cluster) Process(name string) *Process {
	for _, p := range c.Processes {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// Close stops everything: those who work, then what they stand on.
func (c *Cluster) Close() error {
	var err error
	if c.door != nil {
		err = c.door.close()
	}
	c.stop()
	c.ours.Wait()
	c.stopNodes()
	c.others.Wait()
	for _, p := range c.felt {
		p.client.Close()
	}
	if c.looks != nil {
		err = errors.Join(err, c.looks.close())
	}
	for _, l := range c.Links {
		l.close()
	}
	for _, d := range c.Disks {
		err = errors.Join(err, d.close())
	}
	if err != nil {
		return fmt.Errorf("close the cluster: %w", err)
	}
	return nil
}
