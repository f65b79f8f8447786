package eventlog

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/proto"
)

// ErrNewer is why an event can't be read whose type this program's protos don't have: a newer version appended it. Nothing is
// wrong with it. Whoever meets one says by a Newer what becomes of it.
var ErrNewer = errors.New("event of a newer version")

// Newer is a consumer's policy for events of a newer version than its own.
type Newer int

const (
	// HoldNewer treats them as any event that can't be read: nothing that may depend on them goes on without them.
	HoldNewer Newer = iota
	// IgnoreNewer goes on without them. It is sound for who is built anew from the log once a version knows them, as a view is.
	IgnoreNewer
)

// Ignores reports whether the policy leaves the event out.
func (n Newer) Ignores(e Event) bool { return n == IgnoreNewer && errors.Is(e.Err, ErrNewer) }

// Upcaster makes, of an event as an earlier version wrote it, what today's version would have written. Whoever reads the log
// sees the latter only; the log keeps the former.
type Upcaster struct {
	// Type that the event was written with, such as "ordering.OrderPlaced".
	Type string
	// Upcast may change the message that it is given and return it, or return another of the domain, which then gives the event
	// its type. It is pure, knows nothing but the message, finds personal fields sealed, and leaves as it is what needs nothing.
	Upcast func(proto.Message) proto.Message
}

// NewUpcaster returns an upcaster for events of the domain whose message is E.
func NewUpcaster[E proto.Message](kind string, upcast func(E) E) Upcaster {
	return Upcaster{Type: kind, Upcast: func(m proto.Message) proto.Message {
		e, ok := m.(E)
		if !ok {
			return m
		}
		return upcast(e)
	}}
}

func (u Upcaster) validate() error {
	if u.Type == "" || u.Upcast == nil {
		return errors.New("eventlog: an upcaster needs a type and a function")
	}
	return nil
}

// reading is how messages of the log become events.
type reading struct {
	prototypes map[string]proto.Message
	upcasters  []Upcaster
}

func (l *Log) reading(domains ...proto.Message) reading {
	return reading{prototypesOf(domains...), l.o.Upcasters}
}

// upcast applies those of the event's type in their order, so that one can begin where another ended.
func (r reading) upcast(e *Event) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("upcast %s: panic: %v", e.Type, p)
		}
	}()
	for _, u := range r.upcasters {
		if u.Type != e.Type {
			continue
		}
		m := u.Upcast(e.Data)
		if isNil(m) || DomainOf(m) != e.Domain || TypeOf(m) == "" {
			return fmt.Errorf("upcast %s: it makes no event of %s", e.Type, e.Domain)
		}
		e.Data, e.Type = m, TypeOf(m)
	}
	return nil
}

// strange says what is wrong with a type that is not the data's.
func strange(kind string, m proto.Message) error {
	got := TypeOf(m)
	if got == "" && strings.HasPrefix(kind, DomainOf(m)+".") && !slices.Contains(Types(m), kind) {
		return fmt.Errorf("%w: its type %q is not known here", ErrNewer, kind)
	}
	return fmt.Errorf("event type %q is not that of its data, %q", kind, got)
}
