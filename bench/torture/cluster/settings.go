package cluster

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"
)

const (
	// webhooks names where payment hears from the card processor.
	webhooks = "webhooks"
	// What payment and the card processor know each other by; nobody else reaches them.
	cardsKey, cardsSecret = "key", "secret"
	// snapshots are taken more often than usual: what a database that was killed has forgotten is a few seconds, or more.
	snapshotEvery = 5 * time.Second
)

// foundations are the database and the card processor.
func (c *Cluster) foundations() error {
	dir, err := c.disk(database)
	if err != nil {
		return err
	}
	err = c.add(database, "mongolite", nil, []string{
		"MONGOLITE_ADDR=" + c.addrs[database], "MONGOLITE_DATA_DIR=" + dir, "MONGOLITE_SNAPSHOT_EVERY=" + snapshotEvery.String(),
	})
	if err != nil {
		return err
	}
	hooks, err := c.link(cards, "payment", c.addrs[webhooks])
	if err != nil {
		return err
	}
	scaled := func(d time.Duration) string { return time.Duration(float64(d) / c.o.Factor).String() }
	return c.add(cards, "sandbox", nil, []string{
		"SANDBOX_ADDR=" + c.addrs[cards], "SANDBOX_DATA_DIR=" + filepath.Dir(c.Ledger()),
		"SANDBOX_API_KEY=" + cardsKey, "SANDBOX_WEBHOOK_SECRET=" + cardsSecret, "SANDBOX_WEBHOOK_URL=http://" + hooks.listen + "/webhooks/payment",
		fmt.Sprintf("SANDBOX_FAULTS=%g", c.o.Cards), "SANDBOX_LATE=" + scaled(30*time.Second), "SANDBOX_PENDING=" + scaled(10*time.Second),
	})
}

// settings of one of our programs. Whomever it reaches, it reaches by a link of its own.
func (c *Cluster) settings(p program) ([]string, error) {
	var urls []string
	for i := range Nodes {
		l, err := c.link(p.name, node(i), c.clients[i])
		if err != nil {
			return nil, err
		}
		urls = append(urls, "nats://"+l.listen)
	}
	out := []string{"TIFFIN_DATA_DIR=" + c.DataDir(), "TIFFIN_NATS_URL=" + strings.Join(urls, ","), fmt.Sprintf("TIFFIN_REPLICAS=%d", Nodes)}
	if p.audience == "" {
		out = append(out, "TIFFIN_GRPC_ADDR="+c.addrs[p.name])
	} else {
		l, err := c.link(p.name, database, c.addrs[database])
		if err != nil {
			return nil, err
		}
		out = append(out, "TIFFIN_HTTP_ADDR="+c.addrs[p.name], "TIFFIN_MONGODB_URI=mongodb://"+l.listen+"/")
	}
	for _, commanded := range p.commands {
		l, err := c.link(p.name, commanded, c.addrs[commanded])
		if err != nil {
			return nil, err
		}
		out = append(out, "TIFFIN_"+strings.ToUpper(commanded)+"_ADDR="+l.listen)
	}
	if p.hurried {
		out = append(out, fmt.Sprintf("TIFFIN_TIME_FACTOR=%g", c.o.Factor))
	}
	if p.name == "payment" {
		l, err := c.link(p.name, cards, c.addrs[cards])
		if err != nil {
			return nil, err
		}
		out = append(out, "TIFFIN_HTTP_ADDR="+c.addrs[webhooks], "TIFFIN_PROCESSOR_URL=http://"+l.listen,
			"TIFFIN_PROCESSOR_KEY="+cardsKey, "TIFFIN_PROCESSOR_WEBHOOK_SECRET="+cardsSecret)
	}
	return out, nil
}
