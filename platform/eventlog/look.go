package eventlog

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"
	"google.golang.org/protobuf/proto"
)

// At returns the event at the position, and false where there is none. Any replica may answer, so it may miss what was
// appended a moment ago. An event of a domain that is not among those given comes with its Err.
func (l *Log) At(ctx context.Context, position uint64, personal Personal, domains ...proto.Message) (Event, bool, error) {
	stream, err := l.js.Stream(ctx, Stream)
	if err != nil {
		return Event{}, false, fmt.Errorf("event log: %w", err)
	}
	m, err := stream.GetMsg(ctx, position)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return Event{}, false, nil
	}
	if err != nil {
		return Event{}, false, fmt.Errorf("event at %d: %w", position, err)
	}
	e := decode(m.Sequence, m.Subject, m.Header, m.Data, l.reading(domains...))
	return e, true, open(ctx, l.o.Keys, &e, personal)
}

// Bearing returns, in order, the events of every aggregate that bears the id, whatever its domain: an order's ticket,
// payment, delivery and processes bear the order's. Like At it may miss what was appended a moment ago.
func (l *Log) Bearing(ctx context.Context, id string, personal Personal, domains ...proto.Message) ([]Event, error) {
	var events []Event
	read := l.reading(domains...)
	for after := uint64(0); ; {
		n := 0
		msgs, err := jetstreamext.GetBatch(ctx, l.js, Stream, loadBatch,
			jetstreamext.GetBatchSubject(subjectOf("*", id)), jetstreamext.GetBatchSeq(after+1))
		if err != nil {
			return nil, fmt.Errorf("events of %s: %w", id, err)
		}
		for m, err := range msgs {
			if errors.Is(err, jetstreamext.ErrNoMessages) {
				break
			}
			if err != nil {
				return nil, fmt.Errorf("events of %s: %w", id, err)
			}
			e := decode(m.Sequence, m.Subject, m.Header, m.Data, read)
			if err := open(ctx, l.o.Keys, &e, personal); err != nil {
				return nil, err
			}
			events, after = append(events, e), m.Sequence
			n++
		}
		if n < loadBatch {
			return events, nil
		}
	}
}
