package eventlog

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/protobuf/proto"

	"tiffin/platform/hub/leader"
	"tiffin/platform/pause"
)

// FollowOptions say what to follow, and from where.
type FollowOptions struct {
	// After is the position that the follower has got so far; 0 starts at the beginning.
	After uint64
	// Domains are the event messages of the domains that are read; others are left out by the server.
	Domains []proto.Message
	// Personal is how much of what is sealed is to be seen.
	Personal Personal
	// MaxBatch bounds the events of one batch; 1,000 where none is given.
	MaxBatch int
	// Beside fetches little at a time, for what is read on the same connection, and is waited for, not to stand behind much.
	Beside bool
}

// Batch is a stretch of the log, in order and without a gap.
type Batch struct {
	Events []Event
	// Pending is how many events of these domains the log held behind this batch, at most; at 0 the follower has caught up.
	Pending uint64
}

// window is how much a consumer is asked for at a time.
type window struct{ messages, bytes int }

var (
	// wide is the window that replays fastest, several filters included.
	wide = window{20_000, 16 << 20}
	// narrow is one that others on the same connection hardly notice. It has room for the largest event: a server sends none
	// that is larger than what it was asked for.
	narrow = window{300, 2 << 20}
)

const (
	heartbeat    = 500 * time.Millisecond
	defaultBatch = 1000
	farewell     = time.Second
)

// Follow calls handle with every event after o.After, in order, each once, until ctx ends or handle fails; what it returns
// is then returned. A follower that has nothing to catch up with gets one empty batch at once. Lost connections and leaders
// are waited for.
func (l *Log) Follow(ctx context.Context, o FollowOptions, handle func(context.Context, Batch) error) error {
	if o.MaxBatch <= 0 {
		o.MaxBatch = defaultBatch
	}
	f := &follower{log: l, o: o, after: o.After, reading: l.reading(o.Domains...), handle: handle}
	last, err := l.LastPosition(ctx, o.Domains...)
	if err != nil {
		return err
	}
	f.behind = true
	if last <= o.After {
		if err := f.hand(ctx, Batch{}); err != nil {
			return err.err
		}
	}
	for {
		err := f.wade(ctx)
		if err == nil {
			err = f.consume(ctx)
		}
		var stop *handlerError
		switch {
		case errors.As(err, &stop):
			return stop.err
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, errNearTheEnd), errors.Is(err, errExported):
			continue
		}
		l.o.Logger.WarnContext(ctx, "following the event log again", "after", f.after, "error", err)
		if err := pause.For(ctx, retryPause*4); err != nil {
			return err
		}
	}
}

type follower struct {
	log     *Log
	o       FollowOptions
	after   uint64
	reading reading
	handle  func(context.Context, Batch) error
	// all says that this consumer reads what is not asked for, too.
	all bool
	// behind says that the follower was last told of events to come.
	behind bool
	// seen is the time of the last event that it came past.
	seen time.Time
}

// A server that is to find the next message for several filters looks, for each, through all the subjects of its block: with an
// aggregate a subject, a long stretch is read many times faster as a whole, and sorted out here. That is worth it where at
// least one event in worthIt is wanted, and until nearTheEnd are left, among which a filter finds its own at once.
const (
	longStretch = 2000
	worthIt     = 8
	nearTheEnd  = 500
)

var errNearTheEnd = errors.New("what is left is better filtered by the server")

type handlerError struct{ err error }

func (e *handlerError) Error() string { return e.err.Error() }

func (f *follower) hand(ctx context.Context, b Batch) *handlerError {
	if err := f.handle(ctx, b); err != nil {
		return &handlerError{err}
	}
	f.behind = b.Pending > 0
	return nil
}

// consumer opens an ordered consumer of what is wanted, or of everything where that is faster.
func (f *follower) consumer(ctx context.Context) (jetstream.Consumer, error) {
	f.all = false
	wanted, err := f.log.ordered(ctx, f.after, filtersOf(f.o.Domains)...)
	if err != nil {
		return nil, err
	}
	info := wanted.CachedInfo()
	if info == nil || info.NumPending < longStretch {
		return wanted, nil
	}
	last, err := f.log.leaderGet(ctx, leader.Request{LastBySubject: subjectPrefix + ">"})
	if err != nil || last.Sequence < f.after || info.NumPending*worthIt < last.Sequence-f.after {
		return wanted, err
	}
	f.log.leave(ctx, wanted)
	f.all = true
	return f.log.ordered(ctx, f.after)
}

func (l *Log) ordered(ctx context.Context, after uint64, filters ...string) (jetstream.Consumer, error) {
	c, err := l.js.OrderedConsumer(ctx, Stream, jetstream.OrderedConsumerConfig{
		FilterSubjects: filters, DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: after + 1,
	})
	if err != nil {
		return nil, fmt.Errorf("ordered consumer: %w", err)
	}
	return c, nil
}

// consume reads through one ordered consumer until it breaks, or another serves better.
func (f *follower) consume(ctx context.Context) error {
	consumer, err := f.consumer(ctx)
	if err != nil {
		return err
	}
	defer f.log.leave(ctx, consumer)
	// What was still to come has turned out to be nothing that is wanted.
	if info := consumer.CachedInfo(); f.behind && info != nil && info.NumPending == 0 {
		if err := f.whole(ctx, f.after); err != nil {
			return err
		}
		if err := f.hand(ctx, Batch{}); err != nil {
			return err
		}
	}
	arrived, closed, stop, err := stream(ctx, consumer, f.window(), f.o.MaxBatch)
	if err != nil {
		return err
	}
	defer stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-closed:
			return errors.New("ordered consumer ended")
		case m := <-arrived:
			left, err := f.deliver(ctx, m, arrived)
			switch {
			case err != nil:
				return err
			case f.all && left <= nearTheEnd:
				return errNearTheEnd
			}
		}
	}
}

func (f *follower) window() window {
	if f.o.Beside {
		return narrow
	}
	return wide
}

// stream lets a consumer's messages arrive, until it is stopped or closes.
func stream(ctx context.Context, consumer jetstream.Consumer, w window, ahead int) (
	arrived <-chan jetstream.Msg, closed <-chan struct{}, stop func(), err error,
) {
	ctx, cancel := context.WithCancel(ctx)
	messages := make(chan jetstream.Msg, ahead)
	consuming, err := consumer.Consume(func(m jetstream.Msg) {
		select {
		case messages <- m:
		case <-ctx.Done():
		}
	}, jetstream.PullMaxMessagesWithBytesLimit(w.messages, w.bytes), jetstream.PullHeartbeat(heartbeat))
	if err != nil {
		cancel()
		return nil, nil, nil, fmt.Errorf("ordered consumer: %w", err)
	}
	closed = consuming.Closed() // once: each call starts a goroutine that lives as long as the consumer
	return messages, closed, func() {
		cancel()
		consuming.Stop()
		<-closed
	}, nil
}

// leave deletes the consumer, which would linger on the server for minutes. It is only a courtesy, so what goes wrong is not
// told.
func (l *Log) leave(ctx context.Context, consumer jetstream.Consumer) {
	info := consumer.CachedInfo()
	if info == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	_ = l.js.DeleteConsumer(ctx, Stream, info.Name)
}

// deliver hands over the message together with what has arrived behind it. It returns how many the consumer has left.
func (f *follower) deliver(ctx context.Context, m jetstream.Msg, arrived <-chan jetstream.Msg) (left uint64, err error) {
	var b Batch
	from, last := f.after, m
	for {
		meta, err := m.Metadata()
		if err != nil {
			return 0, fmt.Errorf("message of the event log: %w", err)
		}
		left = meta.NumPending
		if seq := meta.Sequence.Stream; seq > f.after {
			if f.wants(m.Subject()) {
				event := decode(seq, m.Subject(), m.Headers(), m.Data(), f.reading)
				if err := f.open(ctx, &event); err != nil {
					return 0, err
				}
				b.Events = append(b.Events, event)
			}
			b.Pending, f.after, last = left, seq, m
		}
		if len(b.Events) == f.o.MaxBatch {
			break
		}
		select {
		case m = <-arrived:
			continue
		default:
		}
		break
	}
	if err := f.whole(ctx, from); err != nil {
		f.after = from
		return 0, err
	}
	f.seen = Record{Header: last.Headers()}.Said().Time
	// What reads everything may end with what nobody wants: then this is how the follower learns that it has caught up.
	if len(b.Events) == 0 && (left > 0 || !f.all) {
		return left, nil
	}
	if err := f.hand(ctx, b); err != nil {
		return 0, err
	}
	return left, nil
}

// wants says whether an event is of the follower's domains; a server that filters sends no others.
func (f *follower) wants(subject string) bool {
	if !f.all || len(f.o.Domains) == 0 {
		return true
	}
	domain, _, _ := Split(subject)
	_, ok := f.reading.prototypes[domain]
	return ok
}

// open waits for the keys as long as it takes: an event that can't be opened at the moment is not a bad event.
func (f *follower) open(ctx context.Context, e *Event) error {
	for {
		err := open(ctx, f.log.o.Keys, e, f.o.Personal)
		if err == nil {
			return nil
		}
		f.log.o.Logger.WarnContext(ctx, "waiting for the keys of personal data", "error", err)
		if err := pause.For(ctx, time.Second); err != nil {
			return err
		}
	}
}
