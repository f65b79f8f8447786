package wiretest

import (
	"net"
	"sync"
	"testing"
)

// Wire passes on what clients and a server say to each other.
type Wire struct {
	// Addr is where clients connect.
	Addr string

	mu   sync.Mutex
	dark chan struct{} // closed: the connections that were made until then carry nothing
}

// To returns a wire to the server at the address, which ends with the test.
func To(t testing.TB, server string) *Wire {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &Wire{Addr: l.Addr().String(), dark: make(chan struct{})}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			upstream, err := net.Dial("tcp", server)
			if err != nil {
				_ = client.Close() // it is told so
				continue
			}
			dark := w.now()
			all.Go(func() { pass(upstream, client, dark) })
			all.Go(func() { pass(client, upstream, dark) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close() // its loop ends
		all.Wait()
	})
	return w
}

// GoDark lets nothing through any more on the connections that there are. New ones are as good as ever.
func (w *Wire) GoDark() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.dark)
	w.dark = make(chan struct{})
}

func (w *Wire) now() chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.dark
}

func pass(to, from net.Conn, dark chan struct{}) {
	defer func() { _, _ = to.Close(), from.Close() }() // each side's end is the other's
	for piece := make([]byte, 32<<10); ; {
		n, err := from.Read(piece)
		if err != nil {
			return
		}
		select {
		case <-dark:
			continue
		default:
		}
		if _, err := to.Write(piece[:n]); err != nil {
			return
		}
	}
}
