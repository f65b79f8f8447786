package eventlog

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/protobuf/proto"
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
}

// Batch is a stretch of the log, in order and without a gap.
type Batch struct {
	Events []Event
	// Pending is how many events of these domains the log held behind this batch; at 0 the follower has caught up.
	Pending uint64
}

// The window that replays fastest, several filters included.
const (
	windowMessages = 20_000
	windowBytes    = 16 << 20
	heartbeat      = 500 * time.Millisecond
	defaultBatch   = 1000
	farewell       = time.Second
)

// Follow calls handle with every event after o.After, in order, each once, until ctx ends or handle fails; what it returns
// is then returned. A follower that has nothing to catch up with gets one empty batch at once. Lost connections and leaders
// are waited for.
func (l *Log) Follow(ctx context.Context, o FollowOptions, handle func(context.Context, Batch) error) error {
	if o.MaxBatch <= 0 {
		o.MaxBatch = defaultBatch
	}
	f := &follower{log: l, o: o, after: o.After, prototypes: prototypesOf(o.Domains...), handle: handle}
	last, err := l.LastPosition(ctx, o.Domains...)
	if err != nil {
		return err
	}
	if last <= o.After {
		if err := handle(ctx, Batch{}); err != nil {
			return err
		}
	}
	for {
		err := f.consume(ctx)
		var stop *handlerError
		switch {
		case errors.As(err, &stop):
			return stop.err
		case ctx.Err() != nil:
			return ctx.Err()
		}
		l.o.Logger.WarnContext(ctx, "following the event log again", "after", f.after, "error", err)
		if err := pause(ctx, retryPause*4); err != nil {
			return err
		}
	}
}

type follower struct {
	log        *Log
	o          FollowOptions
	after      uint64
	prototypes map[string]proto.Message
	handle     func(context.Context, Batch) error
}

type handlerError struct{ err error }

func (e *handlerError) Error() string { return e.err.Error() }

// consume reads through one ordered consumer until it breaks.
func (f *follower) consume(ctx context.Context) error {
	consumer, err := f.log.js.OrderedConsumer(ctx, Stream, jetstream.OrderedConsumerConfig{
		FilterSubjects: filtersOf(f.o.Domains), DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: f.after + 1,
	})
	if err != nil {
		return fmt.Errorf("ordered consumer: %w", err)
	}
	defer f.leave(ctx, consumer)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	arrived := make(chan jetstream.Msg, f.o.MaxBatch)
	consuming, err := consumer.Consume(func(m jetstream.Msg) {
		select {
		case arrived <- m:
		case <-ctx.Done():
		}
	}, jetstream.PullMaxMessagesWithBytesLimit(windowMessages, windowBytes), jetstream.PullHeartbeat(heartbeat))
	if err != nil {
		return fmt.Errorf("ordered consumer: %w", err)
	}
	closed := consuming.Closed() // once: each call starts a goroutine that lives as long as the consumer
	defer func() {
		cancel()
		consuming.Stop()
		<-closed
	}()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-closed:
			return errors.New("ordered consumer ended")
		case m := <-arrived:
			if err := f.deliver(ctx, m, arrived); err != nil {
				return err
			}
		}
	}
}

// leave deletes the consumer, which would linger on the server for minutes. It is only a courtesy, so what goes wrong is not
// told.
func (f *follower) leave(ctx context.Context, consumer jetstream.Consumer) {
	info := consumer.CachedInfo()
	if info == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	_ = f.log.js.DeleteConsumer(ctx, Stream, info.Name)
}

// deliver hands over the message together with what has arrived behind it.
func (f *follower) deliver(ctx context.Context, m jetstream.Msg, arrived <-chan jetstream.Msg) error {
	var b Batch
	for {
		meta, err := m.Metadata()
		if err != nil {
			return fmt.Errorf("message of the event log: %w", err)
		}
		if seq := meta.Sequence.Stream; seq > f.after {
			event := decode(seq, m.Subject(), m.Headers(), m.Data(), f.prototypes)
			if err := f.open(ctx, &event); err != nil {
				return err
			}
			b.Events, b.Pending, f.after = append(b.Events, event), meta.NumPending, seq
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
	if len(b.Events) == 0 {
		return nil
	}
	if err := f.handle(ctx, b); err != nil {
		return &handlerError{err}
	}
	return nil
}

// open waits for the keys as long as it takes: an event that can't be opened at the moment is not a bad event.
func (f *follower) open(ctx context.Context, e *Event) error {
	for {
		err := open(ctx, f.log.o.Keys, e, f.o.Personal)
		if err == nil {
			return nil
		}
		f.log.o.Logger.WarnContext(ctx, "waiting for the keys of personal data", "error", err)
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
	}
}
