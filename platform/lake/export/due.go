package export

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"

	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/hub/leader"
)

// aggregate is one whose events may be due.
type aggregate struct {
	subject string
	last    uint64
	events  uint64
}

// life is what the hub's events say of one aggregate, as far as they were read.
type life struct {
	aggregate
	closed bool
	at     time.Time
}

// then is the life after another event.
func (l *life) then(r eventlog.Record, turns map[string]typev1.Turn) {
	said := r.Said()
	switch turns[said.Type] {
	case typev1.Turn_TURN_CLOSES:
		l.closed = true
	case typev1.Turn_TURN_LEAVES:
	default:
		l.closed = false
	}
	l.last, l.events = r.Position, l.events+1
	if said.Time.IsZero() || said.Time.After(l.at) {
		l.at = said.Time
	}
	if said.Time.IsZero() { // what can't be read stays where it is
		l.closed = false
	}
}

func (x *Exporter) isDue(l life) bool { return l.closed && l.at.Before(x.o.Now().Add(-x.o.Age)) }

// apart is how much the clocks of those who append may differ: that much further is looked, as times may not be in order.
const apart = time.Hour

// due returns the aggregates whose events may leave, those first that were closed first, by what the headers say. It ends where
// the events are too young.
func (x *Exporter) due(ctx context.Context) ([]aggregate, error) {
	filters := x.filters()
	if len(filters) == 0 {
		return nil, nil
	}
	consumer, err := x.js.OrderedConsumer(ctx, eventlog.Stream, jetstream.OrderedConsumerConfig{FilterSubjects: filters, HeadersOnly: true})
	if err != nil {
		return nil, fmt.Errorf("event log: %w", err)
	}
	info := consumer.CachedInfo()
	if info == nil || info.NumPending == 0 {
		return nil, nil
	}
	messages, err := consumer.Messages()
	if err != nil {
		return nil, fmt.Errorf("event log: %w", err)
	}
	defer messages.Stop()
	lives := map[string]*life{}
	young := x.o.Now().Add(-x.o.Age).Add(apart)
	for {
		m, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return nil, fmt.Errorf("event log: %w", err)
		}
		meta, err := m.Metadata()
		if err != nil {
			return nil, err
		}
		r := eventlog.Record{Position: meta.Sequence.Stream, Subject: m.Subject(), Header: m.Headers()}
		l, ok := lives[r.Subject]
		if !ok {
			l = &life{aggregate: aggregate{subject: r.Subject}}
			lives[r.Subject] = l
		}
		l.then(r, x.turns)
		if meta.NumPending == 0 || l.at.After(young) {
			return x.pick(lives), nil
		}
	}
}

func (x *Exporter) pick(lives map[string]*life) []aggregate {
	var due []aggregate
	for _, l := range lives {
		if x.isDue(*l) {
			due = append(due, l.aggregate)
		}
	}
	slices.SortFunc(due, func(a, b aggregate) int { return strings.Compare(a.subject, b.subject) })
	slices.SortStableFunc(due, func(a, b aggregate) int {
		if a.last < b.last {
			return -1
		}
		return 1
	})
	return due
}

// filters are of the domains whose aggregates can close.
func (x *Exporter) filters() (filters []string) {
	for _, d := range x.o.Domains {
		for _, turn := range eventlog.Turns(d) {
			if turn == typev1.Turn_TURN_CLOSES {
				filters = append(filters, "evt."+eventlog.DomainOf(d)+".>")
				break
			}
		}
	}
	return filters
}

// read returns all that the hub has of an aggregate, if it is still due: the leader says that nothing has come behind it.
func (x *Exporter) read(ctx context.Context, a aggregate) ([]eventlog.Record, error) {
	last, err := leader.Get(ctx, x.o.NATS, eventlog.Stream, leader.Request{LastBySubject: a.subject})
	if err != nil {
		return nil, fmt.Errorf("event log: %w", err)
	}
	if last.Sequence != a.last {
		return nil, nil
	}
	var records []eventlog.Record
	l := life{}
	for n := batch; n == batch; {
		n = 0
		messages, err := jetstreamext.GetBatch(ctx, x.js, eventlog.Stream, batch,
			jetstreamext.GetBatchSubject(a.subject), jetstreamext.GetBatchSeq(l.last+1))
		if err != nil {
			return nil, fmt.Errorf("event log: %w", err)
		}
		for m, err := range messages {
			if errors.Is(err, jetstreamext.ErrNoMessages) {
				break
			}
			if err != nil {
				return nil, fmt.Errorf("event log: %w", err)
			}
			r := eventlog.RecordOf(m)
			l.then(r, x.turns)
			records = append(records, r)
			n++
		}
	}
	if l.last != a.last || !x.isDue(l) { // a replica that is behind, or a clock that is ahead: the next run looks again
		return nil, nil
	}
	return records, nil
}

const batch = 1000
