package rpc

import (
	"context"
	"errors"
	"fmt"
	"net"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/test/bufconn"
)

const pipeSize = 1 << 20

// Pipe is a listener in memory, for a server and its clients in one process.
type Pipe struct{ *bufconn.Listener }

// NewPipe returns a pipe that nobody serves yet.
func NewPipe() *Pipe { return &Pipe{bufconn.Listen(pipeSize)} }

// Connect connects to whoever serves the pipe, now or later.
func (p *Pipe) Connect(options ...grpc.DialOption) (*grpc.ClientConn, error) {
	options = append([]grpc.DialOption{
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return p.DialContext(ctx) }),
	}, options...)
	conn, err := grpc.NewClient("passthrough:///in-process", options...)
	if err != nil {
		return nil, fmt.Errorf("rpc: connect in process: %w", err)
	}
	return conn, nil
}

// InProcess serves the server on a pipe in memory and connects to it, so that a call passes every interceptor as over the
// network. The returned function closes the connection and waits for the pipe's end; the server itself is left running.
func InProcess(server *grpc.Server, options ...grpc.DialOption) (*grpc.ClientConn, func() error, error) {
	pipe := NewPipe()
	conn, err := pipe.Connect(options...)
	if err != nil {
		return nil, nil, err
	}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(pipe) // ends when the pipe or the server is closed; calls report what breaks before
	}()
	return conn, func() error {
		err := errors.Join(conn.Close(), pipe.Close())
		<-served
		return err
	}, nil
}
