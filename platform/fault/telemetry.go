package fault

import (
	"context"
	"errors"
	"maps"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

// Observe publishes what is parked for a consumer, whichever it is by then, until the function that it returns is called. Each
// process does so for the consumers that it runs, so replicas tell the same. Without a store there is nothing to tell.
func (s *Store) Observe(consumer func() Consumer) (stop func(), err error) {
	if s == nil {
		return func() {}, nil
	}
	keys, err := s.meter.Int64ObservableGauge("tiffin.fault.parked", metric.WithUnit("{key}"),
		metric.WithDescription("Keys of a consumer that stand behind faults: documents, processes, aggregates or messages."))
	if err != nil {
		return nil, err
	}
	events, err := s.meter.Int64ObservableGauge("tiffin.fault.events", metric.WithUnit("{event}"),
		metric.WithDescription("Events that are parked for a consumer."))
	if err != nil {
		return nil, err
	}
	oldest, err := s.meter.Float64ObservableGauge("tiffin.fault.oldest", metric.WithUnit("s"),
		metric.WithDescription("How long ago the first of a consumer's faults was parked; 0 where there is none."))
	if err != nil {
		return nil, err
	}
	registration, err := s.meter.RegisterCallback(func(ctx context.Context, o metric.Observer) error {
		c := consumer()
		now, err := s.standingOf(ctx, c)
		if err != nil { // nobody knows, and nothing is told
			return err
		}
		labels := metric.WithAttributes(
			attribute.String("tiffin.consumer.kind", c.Kind), attribute.String("tiffin.consumer.owner", c.Owner),
			attribute.String("tiffin.consumer.name", c.Name), attribute.Int("tiffin.consumer.version", c.Version))
		o.ObserveInt64(keys, int64(now.keys), labels)
		o.ObserveInt64(events, int64(now.events), labels)
		o.ObserveFloat64(oldest, now.oldest.Seconds(), labels)
		return nil
	}, keys, events, oldest)
	if err != nil {
		return nil, err
	}
	return func() { _ = registration.Unregister() }, nil // it can't fail where the callback was registered
}

// standing is how a consumer stands.
type standing struct {
	keys, events int
	oldest       time.Duration
}

// looks at what is parked are shared by all consumers of a process.
type looks struct {
	mu        sync.Mutex
	at        time.Time
	positions map[string][]uint64
	err       error
	// since is when the first of each fault was parked, which is read once.
	since map[string]beginning
}

type beginning struct {
	position uint64
	parked   time.Time
}

const (
	// lookAgain is how old a look may be, and lookWithin how long whoever collects metrics waits for one.
	lookAgain  = time.Second
	lookWithin = time.Second
)

func (s *Store) standingOf(ctx context.Context, c Consumer) (out standing, err error) {
	l := &s.looks
	l.mu.Lock()
	defer l.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	if time.Since(l.at) > lookAgain {
		l.positions, l.err = s.positions(ctx, prefix+">")
		l.at = time.Now()
		maps.DeleteFunc(l.since, func(id string, b beginning) bool {
			return l.err == nil && (len(l.positions[id]) == 0 || l.positions[id][0] != b.position)
		})
	}
	for id, at := range l.positions {
		if l.err != nil || !strings.HasPrefix(id, c.String()+".") {
			continue
		}
		since, err := s.since(ctx, id, at[0])
		if errors.Is(err, jetstream.ErrMsgNotFound) { // it was resolved meanwhile
			continue
		}
		if err != nil {
			return out, err
		}
		out.keys++
		out.events += len(at)
		out.oldest = max(out.oldest, s.now().Sub(since))
	}
	return out, l.err
}

// since is when a fault's first event was parked.
func (s *Store) since(ctx context.Context, id string, first uint64) (time.Time, error) {
	if b, ok := s.looks.since[id]; ok {
		return b.parked, nil
	}
	e, err := s.entry(ctx, id, first)
	if err != nil {
		return time.Time{}, err
	}
	if s.looks.since == nil {
		s.looks.since = map[string]beginning{}
	}
	s.looks.since[id] = beginning{first, e.ParkedAt}
	return e.ParkedAt, nil
}
