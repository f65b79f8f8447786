package disk

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"
)

// Reserve is what is kept free for what must go on: checkpoints, leases, timers, the keys of persons, all of which is small.
const Reserve = 64 << 20

const lookEvery = time.Second

// Room is what a directory's disk has left. It is safe for concurrent use.
type Room struct {
	dir    string
	logger *slog.Logger
	free   func(dir string) (uint64, error)
	full   atomic.Bool
}

// New returns the room that the directory, which must be there, has; see Run.
func New(dir string, logger *slog.Logger) *Room {
	r := &Room{dir: dir, logger: logger, free: free}
	r.look(context.Background())
	return r
}

// Run looks again every second until ctx ends.
func (r *Room) Run(ctx context.Context) error {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
			r.look(ctx)
		}
	}
}

// Full reports whether no more than the reserve is left.
func (r *Room) Full() bool { return r.full.Load() }

// Holds reports whether there is room, at this moment, for so many bytes and the reserve.
func (r *Room) Holds(bytes int64) bool {
	left, err := r.free(r.dir)
	return err != nil || left >= Reserve+uint64(max(0, bytes))
}

// look leaves it at what was known where the system doesn't say.
func (r *Room) look(ctx context.Context) {
	left, err := r.free(r.dir)
	if err != nil {
		r.logger.WarnContext(ctx, "can't tell how much room the disk has", "dir", r.dir, "error", err)
		return
	}
	switch full := left < Reserve; {
	case full == r.full.Swap(full):
	case full:
		r.logger.ErrorContext(ctx, "the disk is full: commands are refused until there is room again", "dir", r.dir, "free", left, "needed", Reserve)
	default:
		r.logger.InfoContext(ctx, "the disk has room again", "dir", r.dir, "free", left)
	}
}
