package cluster

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
)

// ports gives away addresses on loopback, each once.
type ports struct{ given map[string]bool }

// free is an address whose port was free a moment ago. It lies below those that connections are given, so that it stays free
// while what listens there is started again.
func (p *ports) free() (string, error) {
	const lowest, many, tries = 20_000, 12_000, 100
	var config net.ListenConfig
	for range tries {
		addr := fmt.Sprintf("127.0.0.1:%d", lowest+rand.IntN(many))
		l, err := config.Listen(context.Background(), "tcp", addr)
		if err != nil {
			continue
		}
		if err := l.Close(); err != nil {
			return "", err
		}
		if !p.given[addr] {
			p.given[addr] = true
			return addr, nil
		}
	}
	return "", errors.New("no port is free")
}
