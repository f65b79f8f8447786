package eventlog

import (
	"context"
	"errors"
	"iter"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"tiffin/platform/hub/leader"
)

// errExported is returned where events were taken from the hub that were still to be read.
var errExported = errors.New("there are more events in the lake")

// wadeChunk is how many events of the lake are put together with the hub's at a time.
const wadeChunk = 4000

// wade reads the lake, and of the hub what lies between, until nothing that is in the lake is left to come.
func (f *follower) wade(ctx context.Context) error {
	for {
		lake, err := f.log.o.Lake.Now(ctx)
		if err != nil {
			return err
		}
		if lake.Last(f.domains()...) <= f.after {
			return nil
		}
		if err := f.through(ctx, lake); !errors.Is(err, errExported) {
			return err
		}
	}
}

// whole reports errExported where something behind the position, which the hub has just been read from, can have been exported
// before that. Behind what is recent, nothing can.
func (f *follower) whole(ctx context.Context, from uint64) error {
	if !f.log.lake || f.log.recent(f.seen) {
		return nil
	}
	lake, err := f.log.o.Lake.Now(ctx)
	if err != nil {
		return err
	}
	if lake.Last(f.domains()...) > from {
		return errExported
	}
	return nil
}

func (f *follower) domains() []string { return domainsOf(f.o.Domains) }

// through hands over what is in the lake, chunk by chunk, and what the hub has up to the end of each. As what leaves the hub is
// in the lake before, a chunk is complete when the lake is still the same after the hub was read.
func (f *follower) through(ctx context.Context, lake Contents) error {
	todo, err := lake.Count(ctx, f.after, f.domains()...)
	if err != nil {
		return err
	}
	next, stop := iter.Pull2(lake.Since(ctx, f.after, f.domains()...))
	defer stop()
	hub, err := f.log.between(ctx, f.after, f.window(), filtersOf(f.o.Domains))
	if err != nil {
		return err
	}
	defer hub.close(ctx)
	for {
		there, err := take(next, wadeChunk)
		if err != nil || len(there) == 0 {
			return err
		}
		here, err := hub.upTo(ctx, there[len(there)-1].Position)
		if err != nil {
			return err
		}
		now, err := f.log.o.Lake.Now(ctx)
		if err != nil {
			return err
		}
		if now.Generation() != lake.Generation() {
			return errExported
		}
		todo -= min(todo, uint64(len(there)))
		if err := f.handRecords(ctx, merged(there, here), todo+hub.left); err != nil {
			return err
		}
	}
}

func take(next func() (Record, error, bool), n int) ([]Record, error) {
	var out []Record
	for len(out) < n {
		r, err, ok := next()
		if err != nil {
			return nil, err
		}
		if !ok {
			break
		}
		out = append(out, r)
	}
	return out, nil
}

// handRecords hands over a stretch in batches. More may come even where nothing is known to: the hub is asked behind it.
func (f *follower) handRecords(ctx context.Context, records []Record, left uint64) error {
	for part := range slices.Chunk(records, f.o.MaxBatch) {
		b := Batch{Events: make([]Event, 0, len(part))}
		for _, r := range part {
			e := f.log.decode(r, f.reading)
			if err := f.open(ctx, &e); err != nil {
				return err
			}
			b.Events = append(b.Events, e)
		}
		last := b.Events[len(b.Events)-1]
		records = records[len(part):]
		b.Pending = max(1, left+uint64(len(records)))
		f.after, f.seen = last.Position, last.Time
		if err := f.hand(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// between reads the hub's part of a stretch.
type between struct {
	log      *Log
	filters  []string
	consumer jetstream.Consumer
	arrived  <-chan jetstream.Msg
	closed   <-chan struct{}
	stop     func()
	// at is the last that was read; ahead one that was read too far.
	at    uint64
	ahead *Record
	// left is how many the hub has behind that, as it said last.
	left uint64
}

func (l *Log) between(ctx context.Context, after uint64, w window, filters []string) (*between, error) {
	consumer, err := l.ordered(ctx, after, filters...)
	if err != nil {
		return nil, err
	}
	b := &between{log: l, filters: filters, consumer: consumer, at: after}
	if info := consumer.CachedInfo(); info != nil {
		b.left = info.NumPending
	}
	if b.arrived, b.closed, b.stop, err = stream(ctx, consumer, w, defaultBatch); err != nil {
		l.leave(ctx, consumer)
		return nil, err
	}
	return b, nil
}

func (b *between) close(ctx context.Context) {
	b.stop()
	b.log.leave(ctx, b.consumer)
}

// askAgain is how long a message that the leader has told of may take to arrive before the leader is asked again: it may have
// been purged meanwhile.
const askAgain = 100 * time.Millisecond

// upTo returns what the hub has behind what was read before, up to a position. A consumer can't tell that there is nothing more:
// it may read from a replica that has not come that far. The leader can.
func (b *between) upTo(ctx context.Context, position uint64) (out []Record, err error) {
	for {
		if b.ahead != nil {
			if b.ahead.Position > position {
				return out, nil
			}
			out, b.ahead = append(out, *b.ahead), nil
		}
		select {
		case m := <-b.arrived:
			if err := b.read(m); err != nil {
				return nil, err
			}
			continue
		default:
		}
		expected, err := b.log.next(ctx, b.at, b.filters)
		if err != nil || expected == 0 || expected > position {
			return out, err
		}
		timer := time.NewTimer(askAgain)
		select {
		case m := <-b.arrived:
			err = b.read(m)
		case <-timer.C:
		case <-b.closed:
			err = errors.New("ordered consumer ended")
		case <-ctx.Done():
			err = ctx.Err()
		}
		timer.Stop()
		if err != nil {
			return nil, err
		}
	}
}

func (b *between) read(m jetstream.Msg) error {
	meta, err := m.Metadata()
	if err != nil {
		return err
	}
	b.left = meta.NumPending
	if meta.Sequence.Stream <= b.at {
		return nil
	}
	b.at = meta.Sequence.Stream
	b.ahead = &Record{Position: b.at, Subject: m.Subject(), Header: m.Headers(), Data: m.Data()}
	return nil
}

// next returns the position of the next event behind one, as the leader knows it; 0: there is none.
func (l *Log) next(ctx context.Context, after uint64, filters []string) (uint64, error) {
	if len(filters) == 0 {
		filters = []string{subjectPrefix + ">"}
	}
	var least uint64
	for _, filter := range filters {
		m, err := l.leaderGet(ctx, leader.Request{Sequence: after + 1, NextBySubject: filter})
		if err != nil {
			return 0, err
		}
		if m.Sequence > 0 && (least == 0 || m.Sequence < least) {
			least = m.Sequence
		}
	}
	return least, nil
}
