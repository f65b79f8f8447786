package cell

import (
	"fmt"

	"github.com/nats-io/nats.go"

	"tiffin/platform/hub"
	"tiffin/platform/run"
)

func (c *Cell) connect(g *run.Group, url string) error {
	var err error
	if c.NATS, err = hub.Connect(url, nats.Timeout(reachWithin)); err != nil {
		return fmt.Errorf("%s: %w", natsURL, err)
	}
	c.disconnect(g)
	return nil
}

func (c *Cell) embedHub(g *run.Group, o hub.Options) (url string, err error) {
	server, err := hub.Start(o)
	if err != nil {
		return "", fmt.Errorf("%s: %w", dataDir, err)
	}
	g.Close("hub", func() error { server.Close(); return nil })
	if c.NATS, err = server.Connect(); err != nil {
		return "", err
	}
	c.disconnect(g)
	return server.URL(), observeHub(c, server)
}

func (c *Cell) disconnect(g *run.Group) {
	g.Close("hub connection", func() error { c.NATS.Close(); return nil })
}
