package mongolite

import (
	"errors"
	"io"
	"net"
	"slices"
	"sync"
	"time"

	"tiffin/platform/mongolite/internal/wire"
)

// client is one connection. Its commands run one after the other.
type client struct {
	conn net.Conn

	mu       sync.Mutex
	busy     bool // a command is being carried out and answered
	stopping bool
}

// stop ends the connection once it is idle.
func (c *client) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopping = true
	if !c.busy {
		_ = c.conn.Close() // its goroutine sees that and ends
	}
}

// begin marks the start of a command; it is false when the server is stopping.
func (c *client) begin() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.busy = !c.stopping
	return c.busy
}

// end marks the end of a command; it is false when the server is stopping.
func (c *client) end() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.busy = false
	return !c.stopping
}

func (s *Server) accept(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			if s.isClosed() {
				return
			}
			s.options.Logger.Warn("mongolite: a connection could not be accepted", "error", err)
			select {
			case <-s.stopping:
				return
			case <-time.After(50 * time.Millisecond): // out of file descriptors, most likely
				continue
			}
		}
		c := &client{conn: conn}
		if !s.admit(c) {
			_ = conn.Close() // it was never served
			continue
		}
		s.done.Go(func() { s.serve(c) })
	}
}

func (s *Server) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

// admit takes a connection in, if there is room and the server is not stopping.
func (s *Server) admit(c *client) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	if len(s.clients) >= s.options.MaxConnections {
		s.options.Logger.Warn("mongolite: too many connections", "max", s.options.MaxConnections)
		return false
	}
	s.clients[c] = struct{}{}
	return true
}

func (s *Server) serve(c *client) {
	defer func() {
		s.mu.Lock()
		delete(s.clients, c)
		s.mu.Unlock()
		_ = c.conn.Close() // whatever was wrong with it has been told
	}()
	err := s.converse(c, c.conn)
	ended := func(how error) bool { return errors.Is(err, how) }
	if err != nil && !slices.ContainsFunc([]error{io.EOF, io.ErrUnexpectedEOF, io.ErrClosedPipe, net.ErrClosed}, ended) {
		s.options.Logger.Debug("mongolite: a connection was ended", "remote", c.conn.RemoteAddr().String(), "error", err)
	}
}

// converse answers one message after the other until either side ends.
func (s *Server) converse(c *client, rw io.ReadWriter) error {
	conn := wire.NewConn(rw)
	var unread []byte // the answers that nobody waits for
	for {
		m, err := conn.Read()
		if err != nil {
			return err
		}
		if !c.begin() {
			return net.ErrClosed
		}
		if m.NoReply {
			unread = s.engine.Run(s.requests, m, unread[:0])
		} else {
			err = conn.Reply(m, func(dst []byte) []byte { return s.engine.Run(s.requests, m, dst) })
		}
		if !c.end() {
			return net.ErrClosed
		}
		if err != nil {
			return err
		}
	}
}
