package fault

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"

	"tiffin/platform/eventlog"
)

// An entry is stored as the event's own message, with these headers beside the event's. Their values are quoted, since an
// error or a stack has lines.
const (
	own        = "Tiffin-Fault-"
	hdrKey     = own + "Key"
	hdrSubject = own + "Subject"
	hdrError   = own + "Error"
	hdrStack   = own + "Stack"
	hdrTime    = own + "Time"
	hdrTrimmed = own + "Trimmed"
	hdrShown   = own + "Shown"
	// servers have headers of their own, such as the guard under which the event was appended, which are not the event's.
	servers = "Nats-"
)

const (
	longestError = 4 << 10
	longestStack = 16 << 10
)

func (e Entry) message(trimmed bool) *nats.Msg {
	h := nats.Header{}
	for name, values := range e.Event.Header {
		if !strings.HasPrefix(name, servers) {
			h[name] = values
		}
	}
	h[hdrKey], h[hdrSubject] = []string{strconv.Quote(e.Key.ID)}, []string{e.Event.Subject}
	h[hdrTime] = []string{e.ParkedAt.UTC().Format(time.RFC3339Nano)}
	if e.Error != "" {
		h[hdrError], h[hdrStack] = []string{strconv.Quote(cut(e.Error, longestError))}, []string{strconv.Quote(cut(e.Stack, longestStack))}
	}
	if len(e.Shown) > 0 {
		h[hdrShown] = e.Shown
	}
	m := &nats.Msg{Subject: subjectOf(e.FaultID(), e.Event.Position), Header: h, Data: e.Event.Data}
	if trimmed {
		h[hdrTrimmed], m.Data = []string{"true"}, nil
	}
	return m
}

func cut(s string, length int) string {
	if len(s) <= length {
		return s
	}
	return strings.ToValidUTF8(s[:length], "") + " …"
}

// parse reads an entry; an error says that the message is none.
func parse(subject string, sequence uint64, h nats.Header, data []byte) (e Entry, err error) {
	part := strings.Split(strings.TrimPrefix(subject, prefix), ".")
	const parts = 7
	if len(part) != parts || !strings.HasPrefix(part[3], "v") {
		return e, fmt.Errorf("%q is no subject of a fault", subject)
	}
	e.Consumer = Consumer{Kind: part[0], Owner: part[1], Name: part[2]}
	e.Key.Kind, e.Shown, e.sequence = part[4], h[hdrShown], sequence
	e.Event = eventlog.Record{Subject: first(h, hdrSubject), Header: nats.Header{}, Data: data}
	var errs [7]error
	version, number, again := strings.Cut(part[3][1:], "_g")
	e.Consumer.Version, errs[0] = strconv.Atoi(version)
	if again {
		e.Consumer.Generation, errs[6] = strconv.Atoi(number)
	}
	e.Event.Position, errs[1] = strconv.ParseUint(part[6], 10, 64)
	e.Key.ID, errs[2] = strconv.Unquote(first(h, hdrKey))
	e.ParkedAt, errs[3] = time.Parse(time.RFC3339Nano, first(h, hdrTime))
	if quoted := first(h, hdrError); quoted != "" {
		e.Error, errs[4] = strconv.Unquote(quoted)
		e.Stack, errs[5] = strconv.Unquote(first(h, hdrStack))
	}
	if err := errors.Join(errs[:]...); err != nil {
		return e, fmt.Errorf("entry %q: %w", subject, err)
	}
	for name, values := range h {
		if !strings.HasPrefix(name, own) && !strings.HasPrefix(name, servers) {
			e.Event.Header[name] = values
		}
	}
	if first(h, hdrTrimmed) != "" {
		e.Event.Data = nil
	} else if e.Event.Data == nil {
		e.Event.Data = []byte{} // an event may say nothing
	}
	return e, nil
}

func first(h nats.Header, name string) string {
	if v := h[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}
