package fault

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"tiffin/platform/eventlog"
)

// Inbox is for a consumer of messages from outside, which any of its instances takes. Nothing is kept in memory: what is parked
// says which keys are closed, and each entry is guarded by what its writer has seen of its key. It is safe for concurrent use.
type Inbox struct {
	store    *Store
	consumer Consumer
	shown    []string
}

// Inbox returns a consumer's. Shown are the names of the JSON fields of its messages whose values say nothing of persons.
func (s *Store) Inbox(c Consumer, shown ...string) (*Inbox, error) {
	return &Inbox{store: s, consumer: c, shown: shown}, c.Validate()
}

// Incoming is a message from outside.
type Incoming struct {
	// ID is the sender's, the same each time that the message is sent; Type says in a word what it is.
	ID, Type string
	// Subject is where it came in, and About what it is about; empty: the subject.
	Subject, About string
	Body           []byte
}

// The names of the headers under which an entry tells of a message, as of events.
const (
	hdrID   = "ce-id"
	hdrType = "ce-type"
)

func (i *Inbox) entry(m Incoming) Entry {
	e := Entry{Consumer: i.consumer, Key: Key{Kind: Message, ID: m.About}, Shown: i.shown, Event: eventlog.Record{
		Subject: m.Subject, Header: nats.Header{hdrID: {m.ID}, hdrType: {m.Type}}, Data: m.Body,
	}}
	if m.About == "" {
		e.Key.ID = m.Subject
	}
	return e
}

// attempts to park a message, each after others have parked or processed something of its key.
const attempts = 100

// Pass processes a message, unless its key stands behind a fault. What is poison, or stands behind it, is parked, once however
// often it is passed; any other error is returned, and says that the message was neither processed nor parked, as far as is known.
func (i *Inbox) Pass(ctx context.Context, m Incoming, process func() error) (parked bool, err error) {
	e := i.entry(m)
	poison := false
	for range attempts {
		before, err := i.store.positions(ctx, prefix+e.FaultID()+".*")
		if err != nil {
			return false, err
		}
		flows := len(before) == 0
		if flows && !poison {
			why := Catch(process)
			if poison = IsPoison(why); !poison {
				return false, why
			}
			e.Error, e.Stack = Explain(why, wordsOf(m.Body, i.shown)...)
		}
		if flows {
			e.Event.Position = 1
			err = i.park(ctx, e, 0)
		} else {
			parked, err = i.behind(ctx, e)
		}
		if parked || err == nil {
			return true, nil
		}
		if !conflict(err) {
			return false, fmt.Errorf("park message %s for %s: %w", m.ID, e.FaultID(), err)
		}
	}
	return false, fmt.Errorf("park message %s for %s: others were faster each time", m.ID, e.FaultID())
}

// behind parks the entry behind what is parked for its key, unless it is there already.
func (i *Inbox) behind(ctx context.Context, e Entry) (there bool, err error) {
	last, err := i.store.stream.GetLastMsgForSubject(ctx, prefix+e.FaultID()+".*")
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return false, errConflict
	}
	if err != nil {
		return false, err
	}
	before, err := i.store.Sequence(ctx, e.FaultID())
	if errors.Is(err, errNotThere) {
		return false, errConflict
	}
	if err != nil {
		return false, err
	}
	for _, other := range before {
		e.Event.Position = other.Event.Position + 1
		if first(other.Event.Header, hdrID) == first(e.Event.Header, hdrID) {
			return true, nil
		}
	}
	return false, i.park(ctx, e, last.Sequence)
}

// park fails with a conflict where anything of the key was parked or processed since the last.
func (i *Inbox) park(ctx context.Context, e Entry, last uint64) error {
	e.ParkedAt = i.store.now()
	_, err := i.store.js.PublishMsg(ctx, e.message(false), jetstream.WithExpectLastSequenceForSubject(last, prefix+e.FaultID()+".*"))
	return err
}

// A replicated stream tells a conflict with what is under way by a code of its own.
const codeWrongLastUnderWay = 10164

// errConflict: something of the key was parked or processed meanwhile.
var errConflict = errors.New("the sequence has changed meanwhile")

func conflict(err error) bool {
	code := codeOf(err)
	return code == codeWrongLast || code == codeWrongLastUnderWay || errors.Is(err, errConflict)
}

// Serve answers the requests to the consumer until ctx ends. Process is given a parked message again, and changes nothing in
// a dry run. One instance at a time is to serve; where two do, as one that was cut off and doesn't know yet, a message may be
// processed twice.
func (i *Inbox) Serve(ctx context.Context, process func(ctx context.Context, body []byte, dryRun bool) error) error {
	return i.store.serveEach(ctx, i.consumer, func(ctx context.Context, r Request) (Outcome, error) {
		return i.store.again(ctx, r, repetition{
			process: func(e Entry) error { return process(ctx, e.Event.Data, r.DryRun) },
			explain: func(_ context.Context, e *Entry, why error) error {
				e.Error, e.Stack = Explain(why, wordsOf(e.Event.Data, i.shown)...)
				return nil
			},
			open: i.isOpen,
		})
	})
}

// isOpen reports whether nothing is parked any more: then whoever is about to park behind it finds that out.
func (i *Inbox) isOpen(ctx context.Context, id string) (bool, error) {
	positions, err := i.store.positions(ctx, prefix+id+".*")
	return err == nil && len(positions[id]) == 0, err
}
