package cluster

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"google.golang.org/grpc"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"

	"tiffin/platform/rpc"
)

// looks asks every process how it is, behind the links' backs.
type looks struct {
	client *http.Client
	// nodes and all are those who are asked, by their names.
	nodes, all map[string]func(ctx context.Context) error
	conns      map[string]*grpc.ClientConn
}

// atOnce is how long an answer may take from somebody who is well.
const (
	atOnce    = time.Second
	lookEvery = 50 * time.Millisecond
)

func newLooks(c *Cluster) (*looks, error) {
	l := &looks{
		client: &http.Client{Timeout: atOnce}, nodes: map[string]func(context.Context) error{}, all: map[string]func(context.Context) error{},
		conns: map[string]*grpc.ClientConn{},
	}
	for i := range Nodes {
		l.nodes[node(i)] = func(ctx context.Context) error { return l.get(ctx, "http://"+c.monitors[i]+"/healthz") }
		l.all[node(i)] = l.nodes[node(i)]
	}
	for _, p := range programs {
		addr := c.addrs[p.name]
		if p.audience != "" {
			l.all[p.name] = func(ctx context.Context) error { return l.get(ctx, "http://"+addr+"/readyz") }
			continue
		}
		conn, err := rpc.Dial(addr, rpc.ClientOptions{})
		if err != nil {
			return nil, err
		}
		l.conns[p.name] = conn
		l.all[p.name] = func(ctx context.Context) error { return serving(ctx, conn) }
	}
	return l, nil
}

func (l *looks) get(ctx context.Context, url string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := l.client.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }() // the status says it all
	if resp.StatusCode != http.StatusOK {
		return errors.New(resp.Status)
	}
	return nil
}

func serving(ctx context.Context, conn *grpc.ClientConn) error {
	answer, err := healthv1.NewHealthClient(conn).Check(ctx, &healthv1.HealthCheckRequest{})
	if err != nil {
		return err
	}
	if answer.GetStatus() != healthv1.HealthCheckResponse_SERVING {
		return errors.New(answer.GetStatus().String())
	}
	return nil
}

// ill asks all of them at once, and names those that are not well.
func (l *looks) ill(ctx context.Context, who map[string]func(context.Context) error) []string {
	ctx, cancel := context.WithTimeout(ctx, atOnce)
	defer cancel()
	var mu sync.Mutex
	var all sync.WaitGroup
	var out []string
	for name, ask := range who {
		all.Go(func() {
			if err := ask(ctx); err != nil {
				mu.Lock()
				defer mu.Unlock()
				out = append(out, fmt.Sprintf("%s: %s", name, err))
			}
		})
	}
	all.Wait()
	slices.Sort(out)
	return out
}

// await returns when all of them are well, or ctx's error and who isn't.
func (l *looks) await(ctx context.Context, who map[string]func(context.Context) error) error {
	var last []string
	for {
		ill := l.ill(ctx, who)
		switch {
		case ctx.Err() != nil: // those who had no time to answer are not ill
			return fmt.Errorf("not well: %q: %w", last, ctx.Err())
		case len(ill) == 0:
			return nil
		}
		last = ill
		pause(ctx, lookEvery)
	}
}

func (l *looks) close() (err error) {
	l.client.CloseIdleConnections()
	for _, conn := range l.conns {
		err = errors.Join(err, conn.Close())
	}
	return err
}
