package mongolite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"tiffin/platform/mongolite/internal/snapshot"
	"tiffin/platform/mongolite/internal/store"
)

// load makes the store from the snapshot, or an empty one.
func load(options Options) (*store.Store, error) {
	if options.SnapshotPath == "" {
		return store.New(), nil
	}
	if err := os.MkdirAll(filepath.Dir(options.SnapshotPath), 0o700); err != nil {
		return nil, fmt.Errorf("mongolite: the snapshot's directory: %w", err)
	}
	snapshot.Clean(options.SnapshotPath)
	begin := time.Now()
	documents, err := snapshot.Read(options.SnapshotPath)
	switch {
	case err == nil:
		options.Logger.Info("mongolite: snapshot loaded", "path", options.SnapshotPath, "took", time.Since(begin))
		return documents, nil
	case errors.Is(err, fs.ErrNotExist):
		return store.New(), nil
	case !errors.Is(err, snapshot.ErrCorrupt):
		return nil, fmt.Errorf("mongolite: %w", err)
	}
	aside := fmt.Sprintf("%s.corrupt-%d", options.SnapshotPath, begin.UnixNano())
	if err := os.Rename(options.SnapshotPath, aside); err != nil {
		return nil, fmt.Errorf("mongolite: set a corrupt snapshot aside: %w", err)
	}
	options.Logger.Error("mongolite: the snapshot can't be used and was set aside; starting empty, views will replay",
		"error", err, "aside", aside)
	return store.New(), nil
}

// keeper writes a store's snapshots. It is for one goroutine at a time.
type keeper struct {
	options   Options
	documents *store.Store
	written   uint64        // the changes that the last snapshot has
	tried     time.Time     // when the last was begun
	took      time.Duration // how long that took
	failed    bool
}

func newKeeper(options Options, documents *store.Store) *keeper {
	_, changes := documents.Freeze()
	return &keeper{options: options, documents: documents, written: changes, tried: time.Now()}
}

// share is how many times as long as the last snapshot took passes at least until the next, so that writing takes a small part of
// the time however large the store.
const share = 20

// due says whether it is time for a snapshot: as often as was asked for, and sooner where so much has changed that a crash would
// cost a long replay. A system that is killed again and again would otherwise replay more at each start, and never arrive.
func (k *keeper) due(now time.Time) bool {
	since := now.Sub(k.tried)
	if since >= k.options.SnapshotEvery {
		return true
	}
	_, changes := k.documents.Freeze()
	return !k.failed && changes-k.written >= k.options.SnapshotAfter && since >= share*k.took
}

// keep writes a snapshot, and notes when, how long that took and how it ended.
func (k *keeper) keep(now time.Time) error {
	began := time.Now()
	err := k.write()
	k.tried, k.took, k.failed = now, time.Since(began), err != nil
	return err
}

// write writes a snapshot if anything has changed since the last.
func (k *keeper) write() error {
	if k.options.SnapshotPath == "" {
		return nil
	}
	all, changes := k.documents.Freeze()
	if changes == k.written {
		return nil
	}
	if !k.options.Room(likely(k.options.SnapshotPath)) {
		return errors.New("mongolite: the disk has no room for a snapshot")
	}
	if err := snapshot.Write(k.options.SnapshotPath, all); err != nil {
		return fmt.Errorf("mongolite: %w", err)
	}
	k.written = changes
	return nil
}

// likely is how large the next snapshot will be at most, if it grows by half: it is written beside the last one, and must not
// take from others the room that it doesn't find itself.
func likely(path string) int64 {
	last, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return last.Size() / 2 * 3
}

// keepHouse writes snapshots and forgets idle cursors until the server stops.
func (s *Server) keepHouse() {
	snapshots := time.NewTicker(min(s.options.SnapshotEvery, time.Second))
	defer snapshots.Stop()
	cursors := time.NewTicker(time.Minute)
	defer cursors.Stop()
	for {
		select {
		case <-s.stopping:
			return
		case <-cursors.C:
			s.engine.Sweep()
		case now := <-snapshots.C:
			if !s.keeper.due(now) {
				continue
			}
			if err := s.keeper.keep(now); err != nil {
				s.options.Logger.Error("mongolite: no snapshot was written; the next try is in a while", "error", err,
					"every", s.options.SnapshotEvery)
			}
		}
	}
}
