package manifest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"tiffin/platform/hub/leader"
	"tiffin/platform/lake/segment"
)

// Stream is the name of the list.
const Stream = "LAKE"

const subject = "lake.exports"

const (
	codeWrongLast         = 10071
	codeWrongLastInFlight = 10164
	apiTimeout            = 5 * time.Second
)

// ErrOvertaken is returned to a writer who does not know all that is on the list: another writes.
var ErrOvertaken = errors.New("somebody else has written to the list of what is in the lake")

// Options of a manifest; all have useful zero values.
type Options struct {
	// Replicas and Storage of the stream if Open makes it; 1 and files where none are given.
	Replicas int
	Storage  jetstream.StorageType
	// Existing is for who only looks: a stream that is not there is not made.
	Existing bool
}

// entry of the list: an export, or that one was purged.
type entry struct {
	Segments []segment.Info `json:"segments,omitempty"`
	// Purged is the number of an export whose events are no longer in the hub.
	Purged uint64 `json:"purged,omitempty"`
}

// Export is one step of the log's way into the lake: its segments came together.
type Export struct {
	Number   uint64         `json:"number"`
	Segments []segment.Info `json:"segments"`
	// Purged says that the hub no longer has the events.
	Purged bool `json:"purged"`
}

// List is what was on the list at one moment. It is not changed.
type List struct {
	// Generation grows with each entry.
	Generation uint64
	Exports    []Export
}

// Manifest is the list of a cell. It is safe for concurrent use.
type Manifest struct {
	nc *nats.Conn
	js jetstream.JetStream

	mu   sync.Mutex
	list List
}

// Open returns the manifest.
func Open(ctx context.Context, nc *nats.Conn, o Options) (*Manifest, error) {
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(apiTimeout))
	if err != nil {
		return nil, err
	}
	if !o.Existing {
		if err := ensure(ctx, js, o); err != nil {
			return nil, fmt.Errorf("list of what is in the lake: %w", err)
		}
	}
	return &Manifest{nc: nc, js: js}, nil
}

// ensure makes the stream where there is none; one that is there is its operator's.
func ensure(ctx context.Context, js jetstream.JetStream, o Options) error {
	_, err := js.Stream(ctx, Stream)
	if !errors.Is(err, jetstream.ErrStreamNotFound) {
		return err
	}
	_, err = js.CreateStream(ctx, jetstream.StreamConfig{
		Name: Stream, Description: "What of the log is in the lake.", Subjects: []string{subject}, Storage: o.Storage,
		Replicas: max(1, o.Replicas), Discard: jetstream.DiscardNew, DenyDelete: true, DenyPurge: true,
	})
	if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) { // another process was faster
		return nil
	}
	return err
}

// Now returns the list as its leader knows it: what is not on it was not purged before the call.
func (m *Manifest) Now(ctx context.Context) (List, error) {
	last, err := leader.Get(ctx, m.nc, Stream, leader.Request{LastBySubject: subject})
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return List{}, nil
	}
	if err != nil {
		return List{}, fmt.Errorf("list of what is in the lake: %w", err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for m.list.Generation < last.Sequence {
		next, err := leader.Get(ctx, m.nc, Stream, leader.Request{Sequence: m.list.Generation + 1, NextBySubject: subject})
		if err != nil {
			return List{}, fmt.Errorf("list of what is in the lake: %w", err)
		}
		if next.Sequence == 0 {
			return List{}, errors.New("list of what is in the lake: its end is missing")
		}
		if m.list, err = m.list.with(next.Sequence, next.Data); err != nil {
			return List{}, err
		}
	}
	return m.list, nil
}

// with returns the list with an entry more.
func (l List) with(number uint64, data []byte) (List, error) {
	var e entry
	if err := json.Unmarshal(data, &e); err != nil {
		return List{}, fmt.Errorf("list of what is in the lake: entry %d: %w", number, err)
	}
	next := List{Generation: number, Exports: slices.Clone(l.Exports)}
	if len(e.Segments) > 0 {
		next.Exports = append(next.Exports, Export{Number: number, Segments: e.Segments})
	}
	for i := range next.Exports {
		if next.Exports[i].Number == e.Purged {
			next.Exports[i].Purged = true
		}
	}
	return next, nil
}

// Add appends an export to a list that is as the writer knows it, and returns its number. From then on its events are read from
// the lake. ErrOvertaken: the list has moved on, and nothing was appended.
func (m *Manifest) Add(ctx context.Context, known List, segments []segment.Info) (uint64, error) {
	return m.append(ctx, known, entry{Segments: segments})
}

// Purged appends that the hub no longer has the events of an export.
func (m *Manifest) Purged(ctx context.Context, known List, number uint64) error {
	_, err := m.append(ctx, known, entry{Purged: number})
	return err
}

func (m *Manifest) append(ctx context.Context, known List, e entry) (uint64, error) {
	data, err := json.Marshal(e)
	if err != nil {
		return 0, err
	}
	ack, err := m.js.Publish(ctx, subject, data, jetstream.WithExpectLastSequence(known.Generation))
	var api *jetstream.APIError
	if errors.As(err, &api) && (api.ErrorCode == codeWrongLast || api.ErrorCode == codeWrongLastInFlight) {
		return 0, ErrOvertaken
	}
	if err != nil {
		return 0, fmt.Errorf("list of what is in the lake: %w", err)
	}
	return ack.Sequence, nil
}
