package view

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
	"google.golang.org/protobuf/proto"

	"tiffin/platform/eventlog"
	"tiffin/platform/position"
)

// source is what a view reads: the event log.
type source interface {
	Follow(ctx context.Context, o eventlog.FollowOptions, handle func(context.Context, eventlog.Batch) error) error
	Behind(ctx context.Context, after uint64, domains ...proto.Message) (uint64, error)
	Decode(ctx context.Context, r eventlog.Record, o eventlog.FollowOptions) (Event, error)
}

// View is one read model of one BFF. Every replica serves it; one of them, elected by a lease, applies the log to it.
type View[D any] struct {
	spec   Spec[D]
	o      Options
	log    source
	db     *mongo.Database
	lease  lease
	logger *slog.Logger
	tracer trace.Tracer
	// untraced: the tracer does nothing, so nothing is to be spent on it.
	untraced bool
	watchers watchers
	domains  map[string]bool
	// nudge says that the checkpoint may have moved elsewhere.
	nudge chan struct{}
	// turn is full while somebody works with the applier.
	turn chan struct{}
	// again repeats what may fail for a while.
	again func(ctx context.Context, what string, do func() error, tell func(blocked string)) error
	// looking is held by who takes over what the checkpoint tells.
	looking sync.Mutex

	mu sync.Mutex
	// generation is the one that is served, in documents, and attended when this process last said that it reads it.
	generation int
	documents  *mongo.Collection
	attended   time.Time
	at         progress
	// compared is how many connections to the database there had been when its checkpoint was last seen to be as far as at, and
	// depose ends the applier's turn, where this process has one.
	compared uint64
	// owed is how far readers were ever told that the view is, before the database was set back.
	owed   uint64
	depose context.CancelCauseFunc
	// total is how many events there are to be applied from the beginning, while the view is not ready.
	total    uint64
	building *building
	lag      uint64 // events still to be applied
	active   bool
	ready    bool
	blocked  string // what the view waits for; empty: nothing
	poisoned uint64
	applied  uint64
	rate     rate
	moved    chan struct{} // closed and replaced whenever the state above changes
	progress progressLog
}

// New returns a view that serves what the database holds, and moves on once Run runs.
func New[D any](log *eventlog.Log, db *mongo.Database, spec Spec[D], o Options) (*View[D], error) {
	if log == nil || db == nil {
		return nil, fmt.Errorf("view %s: needs a log and a database", spec.Name)
	}
	return newView(log, db, spec, o)
}

func newView[D any](log source, db *mongo.Database, spec Spec[D], o Options) (*View[D], error) {
	if err := spec.validate(); err != nil {
		return nil, err
	}
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	if spec.Personal != nil && o.Keys == nil {
		return nil, fmt.Errorf("view %s: keeps personal data, and needs keys", spec.Name)
	}
	v := &View[D]{
		spec: spec, o: o, log: log, db: db, documents: db.Collection(spec.collection()), generation: 1,
		lease:  lease{collection: db.Collection(checkpoints), id: spec.collection(), holder: ulid.Make().String()},
		logger: o.Logger.With("bff", o.BFF, "view", spec.collection()),
		tracer: o.TracerProvider.Tracer(scope), nudge: make(chan struct{}, 1), moved: make(chan struct{}),
		turn:    make(chan struct{}, 1),
		domains: map[string]bool{},
	}
	v.again = v.keepTrying
	_, v.untraced = v.tracer.(noop.Tracer)
	for _, event := range spec.Reads {
		v.domains[eventlog.DomainOf(event)] = true
	}
	return v, nil
}

// change changes the state under the lock, and wakes whoever waits for it.
func (v *View[D]) change(do func()) {
	v.mu.Lock()
	defer v.mu.Unlock()
	do()
	close(v.moved)
	v.moved = make(chan struct{})
}

// Seen returns what this view has applied, of each domain that it reads. Documents that stand behind a fault are not as far:
// Get, Find and Behind tell.
func (v *View[D]) Seen() position.Token {
	v.mu.Lock()
	defer v.mu.Unlock()
	return position.Token{}.Merge(v.at.Domains)
}
