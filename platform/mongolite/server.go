package mongolite

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"

	"google.golang.org/grpc/test/bufconn"

	"tiffin/platform/mongolite/internal/command"
)

// Server is a running mongolite.
type Server struct {
	options  Options
	listener net.Listener
	within   *bufconn.Listener
	engine   *command.Engine
	keeper   *keeper

	// requests is canceled when commands that still run must end.
	requests context.Context
	cancel   context.CancelFunc
	stopping chan struct{}
	done     sync.WaitGroup

	mu      sync.Mutex
	clients map[*client]struct{}
	closed  bool
}

// Start loads the snapshot, if there is one, and listens. A snapshot that can't be
// read is set aside, and the server starts empty.
func Start(options Options) (*Server, error) {
	options, err := options.withDefaults()
	if err != nil {
		return nil, err
	}
	documents, err := load(options)
	if err != nil {
		return nil, err
	}
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", options.Addr)
	if err != nil {
		return nil, fmt.Errorf("mongolite: listen on %s: %w", options.Addr, err)
	}
	s := &Server{
		options:  options,
		listener: listener,
		within:   bufconn.Listen(pipeSize),
		engine:   command.New(documents, options.Logger),
		keeper:   newKeeper(options, documents),
		stopping: make(chan struct{}),
		clients:  make(map[*client]struct{}),
	}
	s.requests, s.cancel = context.WithCancel(context.Background())
	s.done.Go(func() { s.accept(s.listener) })
	s.done.Go(func() { s.accept(s.within) })
	s.done.Go(s.keepHouse)
	return s, nil
}

// URI is the connection string for the driver.
func (s *Server) URI() string { return "mongodb://" + s.listener.Addr().String() + "/" }

// pipeSize is how much of a message within the process waits for its reader.
const pipeSize = 32 << 10

// DialContext connects within the process, whatever the address, and so spares the driver the kernel.
func (s *Server) DialContext(ctx context.Context, _, _ string) (net.Conn, error) {
	return s.within.DialContext(ctx)
}

// Size is how many bytes are stored: the documents, and the keys of their indexes.
func (s *Server) Size() (documents, keys int64) {
	size := s.keeper.documents.Size()
	return size.Documents, size.Keys
}

// Close stops listening, lets the commands that run end, and writes the last
// snapshot. When the context ends first, commands are broken off; the snapshot is
// written all the same. A second Close does nothing.
func (s *Server) Close(ctx context.Context) error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	close(s.stopping)
	err := errors.Join(s.listener.Close(), s.within.Close())
	for c := range s.clients {
		c.stop()
	}
	s.mu.Unlock()

	done := make(chan struct{})
	go func() {
		s.done.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
		err = errors.Join(err, ctx.Err())
		s.cancel()
		s.breakOff()
		<-done
	}
	s.cancel()
	return errors.Join(err, s.keeper.write())
}

// breakOff closes the connections whatever they are at.
func (s *Server) breakOff() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.clients {
		_ = c.conn.Close() // its goroutine sees that and ends
	}
}
