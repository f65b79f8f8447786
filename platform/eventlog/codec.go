package eventlog

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"google.golang.org/protobuf/proto"

	"tiffin/platform/hub/leader"
	"tiffin/platform/problem"
	"tiffin/platform/seal"
	"tiffin/platform/telemetry"
)

// CloudEvents 1.0 in binary mode, with our extensions.
const (
	hdrSpec        = "ce-specversion"
	hdrID          = "ce-id"
	hdrType        = "ce-type"
	hdrSource      = "ce-source"
	hdrTime        = "ce-time"
	hdrSubject     = "ce-subject"
	hdrCommand     = "ce-commandid"
	hdrFingerprint = "ce-commandhash"
	hdrCorrelation = "ce-correlationid"
	hdrCausation   = "ce-causationid"
	hdrContent     = "content-type"
	contentType    = "application/protobuf"
	// headersAdded: a trace's parent and state, the id again, and the guard.
	headersAdded = 4
)

func first(h nats.Header, key string) string {
	if v := h[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// encode makes the message that stands in the log for an event, with its personal fields sealed.
func encode(ctx context.Context, keys seal.Keys, e Event) (*nats.Msg, error) {
	unseal, err := seal.Seal(ctx, keys, e.Data)
	if errors.Is(err, seal.ErrErased) {
		return nil, problem.Refuse("PERSON_ERASED", "this is about somebody who was erased: nothing more is kept of them")
	}
	if leader.Unanswered(err) {
		return nil, problem.New(problem.Unavailable, "KEYS_UNAVAILABLE",
			"what is personal can't be sealed at the moment; nothing was changed. Please repeat")
	}
	if err != nil {
		return nil, err
	}
	defer unseal()
	data, err := proto.MarshalOptions{Deterministic: true}.Marshal(e.Data)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", e.Type, err)
	}
	h := headerOf(e)
	telemetry.Inject(ctx, h)
	return &nats.Msg{Subject: subjectOf(e.Domain, e.AggregateID), Header: h, Data: data}, nil
}

// headerOf is everything about the event but its data. One array holds all the values: this is on every command's way.
func headerOf(e Event) nats.Header {
	fields := [...]struct{ name, value string }{
		{hdrSpec, "1.0"},
		{hdrID, e.ID},
		{hdrType, e.Type},
		{hdrSource, "/tiffin/" + e.Domain},
		{hdrTime, e.Time.UTC().Format(time.RFC3339Nano)},
		{hdrSubject, e.AggregateID},
		{hdrContent, contentType},
		{hdrCommand, e.CommandID},
		{hdrFingerprint, e.Fingerprint},
		{hdrCorrelation, e.CorrelationID},
		{hdrCausation, e.CausationID},
	}
	// There is room for what telemetry and the client add.
	h, values := make(nats.Header, len(fields)+headersAdded), make([]string, len(fields))
	for i, f := range fields {
		if f.value != "" {
			values[i] = f.value
			h[f.name] = values[i : i+1 : i+1]
		}
	}
	return h
}

// decode reads a message of the log. What can't be read is told in Err, beside whatever could be; personal fields are
// still sealed. What an earlier version wrote is what today's would have written.
func decode(position uint64, subject string, h nats.Header, data []byte, r reading) Event {
	e := Event{
		Position: position, ID: first(h, hdrID), Type: first(h, hdrType),
		CommandID: first(h, hdrCommand), Fingerprint: first(h, hdrFingerprint),
		CorrelationID: first(h, hdrCorrelation), CausationID: first(h, hdrCausation),
		Record: Record{Position: position, Subject: subject, Header: h, Data: data},
	}
	var ok bool
	if e.Domain, e.AggregateID, ok = Split(subject); !ok {
		e.Err = fmt.Errorf("%q is no subject of an event", subject)
		return e
	}
	e.Trace = telemetry.Extract(h)
	var err error
	if e.Time, err = time.Parse(time.RFC3339Nano, first(h, hdrTime)); err != nil {
		e.Err = fmt.Errorf("event time: %w", err)
		return e
	}
	if e.Data, e.Err = decodeData(e, data, r.prototypes); e.Err == nil {
		e.Err = r.upcast(&e)
	}
	if e.Err != nil {
		e.Data = nil
	}
	return e
}

// Decode reads a record as Follow would. It returns an error only while the keys of what is personal can't be asked.
func (l *Log) Decode(ctx context.Context, r Record, o FollowOptions) (Event, error) {
	e := decode(r.Position, r.Subject, r.Header, r.Data, l.reading(o.Domains...))
	err := open(ctx, l.o.Keys, &e, o.Personal)
	return e, err
}

func decodeData(e Event, data []byte, prototypes map[string]proto.Message) (proto.Message, error) {
	if e.ID == "" {
		return nil, errors.New("event has no id")
	}
	prototype, ok := prototypes[e.Domain]
	if !ok {
		return nil, fmt.Errorf("domain %q is not one that is read here", e.Domain)
	}
	m := prototype.ProtoReflect().New().Interface()
	if err := proto.Unmarshal(data, m); err != nil {
		return nil, fmt.Errorf("decode %s: %w", e.Type, err)
	}
	if TypeOf(m) != e.Type || e.Type == "" {
		return nil, strange(e.Type, m)
	}
	return m, nil
}

// Personal is how much of what is sealed a follower wants to see.
type Personal int

const (
	// Opened is personal data as it was given, and nothing where the person was erased.
	Opened Personal = iota
	// OpenedBeside leaves the sealed bytes beside it, for whoever stores them.
	OpenedBeside
	// Closed is for those who don't look at it, and spares asking for the keys.
	Closed
)

// open opens the personal fields of a decoded event. Only seal.ErrUnavailable is returned; anything else is in Err.
func open(ctx context.Context, keys seal.Keys, e *Event, personal Personal) error {
	if e.Err != nil || personal == Closed {
		return nil
	}
	opening := seal.Open
	if personal == OpenedBeside {
		opening = seal.OpenBeside
	}
	switch err := opening(ctx, keys, e.Data); {
	case errors.Is(err, seal.ErrUnavailable):
		return err
	case err != nil:
		e.Data, e.Err = nil, err
	}
	return nil
}

func prototypesOf(events ...proto.Message) map[string]proto.Message {
	out := make(map[string]proto.Message, len(events))
	for _, e := range events {
		out[DomainOf(e)] = e
	}
	return out
}

// Decode reads a message of the log for who has it from elsewhere than the log: a copy, or a test. What can't be read is told in
// the event's Err; personal fields stay sealed.
func Decode(position uint64, m *nats.Msg, upcasters []Upcaster, domains ...proto.Message) Event {
	return decode(position, m.Subject, m.Header, m.Data, reading{prototypesOf(domains...), upcasters})
}
