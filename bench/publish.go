package main

import (
	"context"
	"maps"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/oklog/ulid/v2"

	"tiffin/platform/eventlog"
)

// publisher publishes a real event's headers and bytes, as fast as the client and the server do it: the ceiling.
type publisher struct {
	js     jetstream.JetStream
	header nats.Header
	data   []byte
}

const subjectPrefix = "evt.ordering."

// newPublisher takes the last event of the order, as it stands in the log, for its pattern.
func (h *house) newPublisher(ctx context.Context, orderID string) (*publisher, error) {
	stream, err := h.js.Stream(ctx, eventlog.Stream)
	if err != nil {
		return nil, err
	}
	m, err := stream.GetLastMsgForSubject(ctx, subjectPrefix+orderID)
	if err != nil {
		return nil, err
	}
	// Each publish says these two anew.
	delete(m.Header, jetstream.MsgIDHeader)
	delete(m.Header, jetstream.ExpectedLastSubjSeqHeader)
	return &publisher{h.js, m.Header, m.Data}, nil
}

// publish appends the event to a subject whose last event is at that sequence.
func (p *publisher) publish(ctx context.Context, id string, last uint64) (uint64, error) {
	header := maps.Clone(p.header)
	ack, err := p.js.PublishMsg(ctx, &nats.Msg{Subject: subjectPrefix + id, Header: header, Data: p.data},
		jetstream.WithMsgID(ulid.Make().String()), jetstream.WithExpectLastSequencePerSubject(last))
	if err != nil {
		return 0, err
	}
	return ack.Sequence, nil
}

// first appends the event to a subject that has none yet.
func (p *publisher) first(ctx context.Context) error {
	_, err := p.publish(ctx, ulid.Make().String(), 0)
	return err
}

// orderPublisher is one for orders, on a house where none was placed yet.
func (h *house) orderPublisher(ctx context.Context) (*publisher, error) {
	id, err := place(ctx, newOrders(h.log), 0)
	if err != nil {
		return nil, err
	}
	return h.newPublisher(ctx, id)
}
