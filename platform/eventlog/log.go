package eventlog

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/protobuf/proto"

	"tiffin/platform/hub/leader"
	"tiffin/platform/seal"
)

// Options of a log. Keys is required; the rest has useful zero values.
type Options struct {
	// Keys seal and open personal fields.
	Keys seal.Keys
	// Replicas of the stream if Open makes it; 1 where none is given. A stream that is there keeps its own.
	Replicas int
	// Existing is for who only looks: where there is no stream Open fails, and one that is there stays as it is.
	Existing bool
	// Storage of the stream if Open makes it; files where none is given. A stream that is there keeps its own.
	Storage jetstream.StorageType
	// Upcasters bring what earlier versions wrote up to today's, in this order.
	Upcasters []Upcaster
	// Now is the clock; time.Now where none is given.
	Now            func() time.Time
	Logger         *slog.Logger
	TracerProvider trace.TracerProvider
	MeterProvider  metric.MeterProvider
	// CacheSize bounds the folded states that each Aggregate keeps; 4,000 where none is given.
	CacheSize int
	// Lake is where events are that have left the hub; none, where none is given.
	Lake Lake
	// Full reports whether the log's disk has no room left: nothing is appended then. Never, where none is given.
	Full func() bool
}

// Log is the event log of a cell. It is safe for concurrent use.
type Log struct {
	nc     *nats.Conn
	js     jetstream.JetStream
	o      Options
	tracer trace.Tracer
	took   metric.Float64Histogram
	// lake: there is one.
	lake bool

	mu     sync.Mutex
	caches []interface{ Purge() }
}

const (
	apiTimeout       = 5 * time.Second
	defaultCacheSize = 4_000
)

// Open returns the log, and creates its stream where there is none. How often and where a stream is stored is its operator's
// to change, never a side effect of opening it.
func Open(ctx context.Context, nc *nats.Conn, o Options) (*Log, error) {
	if o.Keys == nil {
		return nil, errors.New("eventlog: Keys is required")
	}
	for _, u := range o.Upcasters {
		if err := u.validate(); err != nil {
			return nil, err
		}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.TracerProvider == nil {
		o.TracerProvider = otel.GetTracerProvider()
	}
	if o.MeterProvider == nil {
		o.MeterProvider = otel.GetMeterProvider()
	}
	if o.Full == nil {
		o.Full = func() bool { return false }
	}
	hasLake := o.Lake != nil
	if !hasLake {
		o.Lake = noLake{}
	}
	if o.CacheSize <= 0 {
		o.CacheSize = defaultCacheSize
	}
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(apiTimeout))
	if err != nil {
		return nil, err
	}
	if err := findStream(ctx, js, o); err != nil {
		return nil, fmt.Errorf("event log: %w", err)
	}
	took, err := appendDuration(o.MeterProvider)
	if err != nil {
		return nil, fmt.Errorf("event log: %w", err)
	}
	l := &Log{nc: nc, js: js, o: o, tracer: o.TracerProvider.Tracer(scope), took: took, lake: hasLake}
	if err := findLake(ctx, l); err != nil {
		return nil, fmt.Errorf("event log: %w", err)
	}
	o.Keys.OnErasure(l.forget)
	return l, nil
}

// forget drops every folded state: what was opened for somebody who is erased is in some of them, and each is only a load
// away.
func (l *Log) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, cache := range l.caches {
		cache.Purge()
	}
}

func (l *Log) cached(cache interface{ Purge() }) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.caches = append(l.caches, cache)
}

// LastPosition returns the position of the last event of the domains, as the stream's leader knows it; 0 where there is none.
func (l *Log) LastPosition(ctx context.Context, domains ...proto.Message) (uint64, error) {
	var last uint64
	for _, d := range domains {
		m, err := l.leaderGet(ctx, leader.Request{LastBySubject: filterOf(DomainOf(d))})
		if err != nil {
			return 0, err
		}
		last = max(last, m.Sequence)
	}
	if len(domains) == 0 {
		return 0, nil
	}
	lake, err := l.o.Lake.Now(ctx) // behind the hub, as what leaves that is in the lake first
	if err != nil {
		return 0, err
	}
	return max(last, lake.Last(domainsOf(domains)...)), nil
}

// EventID returns the id of the event at the position, as the stream's leader knows it; empty where there is none.
func (l *Log) EventID(ctx context.Context, position uint64) (string, error) {
	if position == 0 {
		return "", nil
	}
	m, err := l.leaderGet(ctx, leader.Request{Sequence: position})
	if err != nil {
		return "", err
	}
	if m.Sequence > 0 {
		return eventID(m), nil
	}
	r, _, err := l.lakeAt(ctx, position)
	return r.Said().ID, err
}
