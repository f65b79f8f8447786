package eventlog

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/protobuf/proto"
)

// At returns the event at the position, and false where there is none. Any replica may answer, so it may miss what was
// appended a moment ago. An event of a domain that is not among those given comes with its Err.
func (l *Log) At(ctx context.Context, position uint64, personal Personal, domains ...proto.Message) (Event, bool, error) {
	r, found, err := l.recordAt(ctx, position)
	if err != nil || !found {
		return Event{}, false, err
	}
	e := l.decode(r, l.reading(domains...))
	return e, true, open(ctx, l.o.Keys, &e, personal)
}

func (l *Log) recordAt(ctx context.Context, position uint64) (Record, bool, error) {
	stream, err := l.js.Stream(ctx, Stream)
	if err != nil {
		return Record{}, false, fmt.Errorf("event log: %w", err)
	}
	m, err := stream.GetMsg(ctx, position)
	if err == nil {
		return RecordOf(m), true, nil
	}
	if !errors.Is(err, jetstream.ErrMsgNotFound) {
		return Record{}, false, fmt.Errorf("event at %d: %w", position, err)
	}
	return l.lakeAt(ctx, position)
}

func (l *Log) lakeAt(ctx context.Context, position uint64) (Record, bool, error) {
	lake, err := l.o.Lake.Now(ctx)
	if err != nil {
		return Record{}, false, err
	}
	return lake.At(ctx, position)
}

// Bearing returns, in order, the events of every aggregate that bears the id, whatever its domain: an order's ticket,
// payment, delivery and processes bear the order's. Like At it may miss what was appended a moment ago.
func (l *Log) Bearing(ctx context.Context, id string, personal Personal, domains ...proto.Message) ([]Event, error) {
	var here []Record
	err := l.each(ctx, subjectOf("*", id), 0, func(r Record) error {
		here = append(here, r)
		return nil
	})
	if err != nil {
		return nil, err
	}
	there, err := l.inLake(ctx, id, 0)
	if err != nil {
		return nil, err
	}
	var events []Event
	read := l.reading(domains...)
	for _, r := range merged(here, there) {
		e := l.decode(r, read)
		if err := open(ctx, l.o.Keys, &e, personal); err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	return events, nil
}
