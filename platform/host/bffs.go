package host

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"

	"tiffin/platform/cell"
	"tiffin/platform/problem"
	"tiffin/platform/run"
)

// BFFs are the backends-for-frontends of a process. They are used by one goroutine.
type BFFs struct {
	group  *run.Group
	cell   *cell.Cell
	hosted []BFF
	faults error
	mux    *http.ServeMux
}

// NewBFFs returns a host without BFFs.
func NewBFFs(g *run.Group, c *cell.Cell) *BFFs {
	return &BFFs{group: g, cell: c, mux: http.NewServeMux()}
}

// Add adds a BFF, before Start; what went wrong in making it is left to Start, so that both fit on a line.
func (b *BFFs) Add(bff BFF, err error) {
	if err != nil {
		b.faults = errors.Join(b.faults, fmt.Errorf("%s BFF: %w", bff.Audience, err))
	}
	b.hosted = append(b.hosted, bff)
}

// Start starts the views and what serves them.
func (b *BFFs) Start() error {
	if b.faults != nil {
		return b.faults
	}
	entrance, err := newEntrance(b.cell)
	if err != nil {
		return err
	}
	for _, bff := range b.hosted {
		api, err := bff.open(b.group, b.cell)
		if err != nil {
			return fmt.Errorf("%s BFF: %w", bff.Audience, err)
		}
		b.mux.Handle("/api/"+bff.Audience+"/v1/", entrance.Handler(once(bff.ready, api)))
	}
	health := run.Health(b.status)
	b.mux.Handle("/healthz", health)
	b.mux.Handle("/readyz", health)
	b.mux.Handle("/metrics", b.cell.Telemetry.Metrics)
	return nil
}

// Handler answers the APIs, each once its views have caught up, and /healthz, /readyz and /metrics. More can be mounted on it before it serves.
func (b *BFFs) Handler() *http.ServeMux { return b.mux }

// once answers 503 until ready says so for the first time: what views have not applied yet is not told to be missing.
func once(ready func() bool, api http.Handler) http.Handler {
	var open atomic.Bool
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !open.Load() {
			if !ready() {
				problem.New(problem.Unavailable, "STARTING", "this is starting and still catching up; please repeat in a moment").Write(w, "")
				return
			}
			open.Store(true)
		}
		api.ServeHTTP(w, r)
	})
}

// AwaitReady returns when every view has caught up, or the context's error.
func (b *BFFs) AwaitReady(ctx context.Context) error {
	return await(ctx, func() bool {
		for _, bff := range b.hosted {
			if !bff.ready() {
				return false
			}
		}
		return true
	})
}

func (b *BFFs) status() []run.Status {
	var out []run.Status
	for _, bff := range b.hosted {
		out = append(out, bff.status()...)
	}
	return out
}
