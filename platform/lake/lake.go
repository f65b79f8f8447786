package lake

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/nats-io/nats.go"

	"tiffin/platform/eventlog"
	"tiffin/platform/lake/manifest"
	"tiffin/platform/lake/segment"
	"tiffin/platform/lake/store"
)

// kept is how many segments stay open: who looks for one old aggregate often looks for another of that time.
const kept = 8

// Lake is the lake of a cell. It is safe for concurrent use.
type Lake struct {
	Manifest *manifest.Manifest
	Store    store.Store
	open     opened
	now      atomic.Pointer[Contents]
}

// opened is a bounded cache. It is not of the lake's type, which whoever holds a log would compile once more.
type opened interface {
	Get(name string) (*segment.Segment, bool)
	Add(name string, s *segment.Segment) (evicted bool)
}

// Open returns the lake whose list is behind the connection and whose files are in the store.
func Open(ctx context.Context, nc *nats.Conn, files store.Store, o manifest.Options) (*Lake, error) {
	if files == nil {
		return nil, errors.New("lake: needs a store")
	}
	m, err := manifest.Open(ctx, nc, o)
	if err != nil {
		return nil, err
	}
	open, err := lru.New[string, *segment.Segment](kept)
	if err != nil {
		return nil, err
	}
	return &Lake{Manifest: m, Store: files, open: open}, nil
}

// Now is of eventlog.Lake.
func (l *Lake) Now(ctx context.Context) (eventlog.Contents, error) {
	list, err := l.Manifest.Now(ctx)
	if err != nil {
		return nil, err
	}
	if now := l.now.Load(); now != nil && now.list.Generation == list.Generation {
		return now, nil
	}
	now := contentsOf(l, list)
	l.now.Store(now)
	return now, nil
}

// Segment opens a segment.
func (l *Lake) Segment(ctx context.Context, info segment.Info) (*segment.Segment, error) {
	if s, ok := l.open.Get(info.Name); ok {
		return s, nil
	}
	s, err := l.Read(ctx, info)
	if err == nil {
		l.open.Add(info.Name, s)
	}
	return s, err
}

// Read opens a segment from the store, as it is there now.
func (l *Lake) Read(ctx context.Context, info segment.Info) (*segment.Segment, error) {
	content, err := l.Store.Get(ctx, info.Name)
	if err != nil {
		return nil, fmt.Errorf("lake: %w", err)
	}
	return segment.Open(content, info)
}

// Verify reads a segment from the store and compares all of it with what the list says. It returns its events.
func (l *Lake) Verify(ctx context.Context, info segment.Info) ([]eventlog.Record, error) {
	s, err := l.Read(ctx, info)
	if err != nil {
		return nil, err
	}
	records := make([]eventlog.Record, 0, info.Count)
	for r, err := range s.Since(0) {
		if err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	found, err := segment.Describe(records)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", segment.ErrDamaged, info.Name, err)
	}
	if !info.Describes(found) {
		return nil, fmt.Errorf("%w: %s has other events than were written", segment.ErrDamaged, info.Name)
	}
	return records, nil
}
