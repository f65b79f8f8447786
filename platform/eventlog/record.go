package eventlog

import (
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Record is an event as it stands in the log: personal fields are sealed. It can be kept elsewhere, and read by Decode.
type Record struct {
	Position uint64
	Subject  string
	Header   nats.Header
	Data     []byte
}

// aboutAnswer are the headers that a server adds to a message when it is asked for it.
var aboutAnswer = [...]string{
	jetstream.StreamHeader, jetstream.SequenceHeader, jetstream.TimeStampHeaer, jetstream.SubjectHeader, jetstream.LastSequenceHeader,
	"Nats-Num-Pending",
}

// RecordOf returns the event that a message holds which was got from the log's stream.
func RecordOf(m *jetstream.RawStreamMsg) Record {
	for _, name := range aboutAnswer {
		delete(m.Header, name)
	}
	return Record{Position: m.Sequence, Subject: m.Subject, Header: m.Header, Data: m.Data}
}

// Said is what a record's headers say of it: its id, its type and its time, as far as they can be read.
func (r Record) Said() Event {
	e := Event{Position: r.Position, ID: first(r.Header, hdrID), Type: first(r.Header, hdrType), Record: r}
	e.Domain, e.AggregateID, _ = Split(r.Subject)
	e.Time, _ = time.Parse(time.RFC3339Nano, first(r.Header, hdrTime)) // the zero time where it can't
	return e
}
