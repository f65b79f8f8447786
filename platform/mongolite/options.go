package mongolite

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"
)

// Options say where a server listens and what it keeps.
type Options struct {
	// Addr is a loopback address; "127.0.0.1:0" if empty, which takes a free port.
	Addr string
	// SnapshotPath is the snapshot's file; none is kept if empty.
	SnapshotPath string
	// SnapshotEvery is the time between two snapshots; a minute if zero.
	SnapshotEvery time.Duration
	// SnapshotAfter is how many changes of documents since the last snapshot bring the next one forward; 50,000 if zero.
	SnapshotAfter uint64
	// Room reports whether the disk has room for a snapshot of so many bytes; it always has, where none is given.
	Room func(bytes int64) bool
	// MaxConnections bounds the open connections; 2,000 if zero.
	MaxConnections int
	// Logger is slog.Default() if nil.
	Logger *slog.Logger
}

func (o Options) withDefaults() (Options, error) {
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	if o.SnapshotEvery == 0 {
		o.SnapshotEvery = time.Minute
	}
	if o.SnapshotAfter == 0 {
		o.SnapshotAfter = 50_000
	}
	if o.MaxConnections == 0 {
		o.MaxConnections = 2_000
	}
	if o.Room == nil {
		o.Room = func(int64) bool { return true }
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.SnapshotEvery < 0 || o.MaxConnections < 0 {
		return o, errors.New("mongolite: SnapshotEvery and MaxConnections must be positive")
	}
	host, _, err := net.SplitHostPort(o.Addr)
	if err != nil {
		return o, fmt.Errorf("mongolite: address %q: %w", o.Addr, err)
	}
	// There is no authentication, so nobody from outside may come in.
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return o, fmt.Errorf("mongolite: address %q is not a loopback address", o.Addr)
	}
	return o, nil
}
