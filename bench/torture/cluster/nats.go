package cluster

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// natsConfig is one server's. Its routes go by links, and by nothing else: what it would advertise leads nowhere, so that no
// server finds another behind a link's back. It acknowledges what is on the disk.
const natsConfig = `server_name: %q
listen: %q
http: %q
jetstream { store_dir: %q, sync_interval: always }
cluster {
  name: tiffin
  listen: %q
  advertise: "127.0.0.1:1"
  no_advertise: true
  routes: [%s]
}
`

// nats prepares the servers: their addresses, the links between them, and their configurations.
func (c *Cluster) nats() error {
	routes := make([]string, Nodes)
	for i := range Nodes {
		for _, addr := range []*string{&c.clients[i], &c.monitors[i], &routes[i]} {
			var err error
			if *addr, err = c.ports.free(); err != nil {
				return err
			}
		}
	}
	for i := range Nodes {
		var others []string
		for j := range Nodes {
			if i == j {
				continue
			}
			l, err := c.link(node(i), node(j), routes[j])
			if err != nil {
				return err
			}
			others = append(others, fmt.Sprintf("%q", "nats://"+l.listen))
		}
		store, err := c.disk(node(i))
		if err != nil {
			return err
		}
		config := filepath.Join(c.o.Dir, node(i)+".conf")
		text := fmt.Sprintf(natsConfig, node(i), c.clients[i], c.monitors[i], store, routes[i], strings.Join(others, ", "))
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			return err
		}
		if err := c.add(node(i), "nats-server", []string{"-c", config}, nil); err != nil {
			return err
		}
	}
	return nil
}
