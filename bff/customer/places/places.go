package places

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"tiffin/platform/location"
)

// again is how long it is before a watch that broke is begun anew.
const again = time.Second

// Watch calls handle with the last position of every courier and each that follows, until ctx ends: location.Store's.
type Watch func(ctx context.Context, handle func(location.Position), courierIDs ...string) error

// Places is safe for concurrent use.
type Places struct {
	watch  Watch
	logger *slog.Logger

	mu        sync.Mutex
	last      map[string]location.Position
	followers map[string]map[*Follower]struct{} // by whom they follow
}

// New returns places of which nothing is known until Run.
func New(watch Watch, logger *slog.Logger) *Places {
	return &Places{watch: watch, logger: logger, last: map[string]location.Position{}, followers: map[string]map[*Follower]struct{}{}}
}

// Run watches couriers until ctx ends, whose error it returns. Orders are shown without places, too: so a watch that breaks
// is begun anew.
func (p *Places) Run(ctx context.Context) error {
	for {
		err := p.watch(ctx, p.seen)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		p.logger.WarnContext(ctx, "where couriers are is not known for now", "error", err)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(again):
		}
	}
}

// Last returns where a courier was last, and whether that is known.
func (p *Places) Last(courierID string) (location.Position, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	at, known := p.last[courierID]
	return at, known
}

func (p *Places) seen(at location.Position) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last[at.CourierID] = at
	for f := range p.followers[at.CourierID] {
		select {
		case f.moved <- struct{}{}:
		default: // it has one to read already
		}
	}
}

// Follower is woken when one courier moves.
type Follower struct {
	places    *Places
	courierID string
	moved     chan struct{}
}

// Follow returns a follower of nobody; whoever asks for it stops it.
func (p *Places) Follow() *Follower { return &Follower{places: p, moved: make(chan struct{}, 1)} }

// Turn follows this courier from here on, and nobody else; nobody, where the id is empty.
func (f *Follower) Turn(courierID string) {
	p := f.places
	p.mu.Lock()
	defer p.mu.Unlock()
	if f.courierID == courierID {
		return
	}
	delete(p.followers[f.courierID], f)
	if len(p.followers[f.courierID]) == 0 {
		delete(p.followers, f.courierID)
	}
	if f.courierID = courierID; courierID == "" {
		return
	}
	if p.followers[courierID] == nil {
		p.followers[courierID] = map[*Follower]struct{}{}
	}
	p.followers[courierID][f] = struct{}{}
}

// Moved holds a notice when the courier has moved since the last one was read.
func (f *Follower) Moved() <-chan struct{} { return f.moved }

// Stop ends following.
func (f *Follower) Stop() { f.Turn("") }
