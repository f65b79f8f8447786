package export

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/protobuf/proto"

	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/lake"
	"tiffin/platform/lake/manifest"
	"tiffin/platform/lake/segment"
)

// Options of an exporter. NATS, Lake, Domains and Age are required.
type Options struct {
	NATS *nats.Conn
	Lake *lake.Lake
	// Domains are the event messages of the domains; which aggregates are closed, they say themselves.
	Domains []proto.Message
	// Age of an aggregate's last event when it leaves the hub; eventlog.MinLakeAge at least.
	Age time.Duration
	// Now is the clock that the events have their times from; time.Now where none is given.
	Now    func() time.Time
	Logger *slog.Logger
	// AtOnce bounds the events of one export; 50,000 where none is given.
	AtOnce int
	// Done is called with how many events are purged from the hub so far.
	Done func(events uint64)
	// Taking is called before each step, which is not taken where it fails; for tests, which end the process there.
	Taking func(step string) error
}

const (
	defaultAtOnce = 50_000
	apiTimeout    = 5 * time.Second
	// band bounds how far a segment reaches in the log, whatever the age of its aggregates: who reads in order has few open.
	band = 500_000
)

// Exporter carries events into the lake. It is used by one goroutine.
type Exporter struct {
	o      Options
	js     jetstream.JetStream
	turns  map[string]typev1.Turn
	purged uint64
}

// New returns an exporter.
func New(o Options) (*Exporter, error) {
	if o.NATS == nil || o.Lake == nil {
		return nil, errors.New("export: NATS and Lake are required")
	}
	if o.Age < eventlog.MinLakeAge {
		return nil, fmt.Errorf("export: events stay in the hub for %s at least: until then an id may still be late", eventlog.MinLakeAge)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.AtOnce <= 0 {
		o.AtOnce = defaultAtOnce
	}
	if o.Done == nil {
		o.Done = func(uint64) {}
	}
	if o.Taking == nil {
		o.Taking = func(string) error { return nil }
	}
	js, err := jetstream.New(o.NATS, jetstream.WithDefaultTimeout(apiTimeout))
	if err != nil {
		return nil, err
	}
	return &Exporter{o: o, js: js, turns: eventlog.Turns(o.Domains...)}, nil
}

// Result is what a run did.
type Result struct {
	Aggregates uint64 `json:"aggregates"`
	Events     uint64 `json:"events"`
	Bytes      int64  `json:"bytes"`
	Files      int    `json:"files"`
}

// Run exports everything that is due, after it has finished what an earlier run began. It may be run again at any time.
func (x *Exporter) Run(ctx context.Context) (done Result, err error) {
	if _, err := x.finish(ctx); err != nil {
		return done, err
	}
	due, err := x.due(ctx)
	if err != nil {
		return done, err
	}
	for len(due) > 0 {
		var some Result
		if due, some, err = x.export(ctx, due); err != nil {
			return done, err
		}
		done = Result{
			Aggregates: done.Aggregates + some.Aggregates, Events: done.Events + some.Events,
			Bytes: done.Bytes + some.Bytes, Files: done.Files + some.Files,
		}
	}
	return done, nil
}

// Due says what a run would export, without doing anything.
func (x *Exporter) Due(ctx context.Context) (Result, error) {
	due, err := x.due(ctx)
	var r Result
	for _, a := range due {
		r.Aggregates, r.Events = r.Aggregates+1, r.Events+a.events
	}
	return r, err
}

// finish purges what is on the list and not said to be purged, and returns the list where that is all.
func (x *Exporter) finish(ctx context.Context) (manifest.List, error) {
	for {
		list, err := x.o.Lake.Manifest.Now(ctx)
		if err != nil {
			return list, err
		}
		i := slices.IndexFunc(list.Exports, func(e manifest.Export) bool { return !e.Purged })
		if i < 0 {
			return list, nil
		}
		if err := x.purge(ctx, list.Exports[i]); err != nil {
			return list, err
		}
	}
}

// export carries as many of the aggregates as one export takes, and returns the rest.
func (x *Exporter) export(ctx context.Context, due []aggregate) (rest []aggregate, done Result, err error) {
	// Before the events are read: what the hub then has is not on the list, and who puts it there meanwhile overtakes this.
	list, err := x.finish(ctx)
	if err != nil {
		return nil, done, err
	}
	var records []eventlog.Record
	for len(due) > 0 && len(records) < x.o.AtOnce {
		next, err := x.read(ctx, due[0])
		if err != nil {
			return nil, done, err
		}
		if len(next) > 0 {
			done.Aggregates++
		}
		due, records = due[1:], append(records, next...)
	}
	if len(records) == 0 {
		return due, done, nil
	}
	slices.SortFunc(records, func(a, b eventlog.Record) int { return cmp.Compare(a.Position, b.Position) })
	segments, err := x.write(ctx, records)
	if err != nil {
		return nil, done, err
	}
	if err := x.o.Taking("list"); err != nil {
		return nil, done, err
	}
	number, err := x.o.Lake.Manifest.Add(ctx, list, segments)
	if err != nil {
		return nil, done, err
	}
	for _, s := range segments {
		done.Events, done.Bytes, done.Files = done.Events+s.Count, done.Bytes+s.Bytes, done.Files+1
	}
	x.o.Logger.InfoContext(ctx, "events are in the lake", "export", number, "events", done.Events, "bytes", done.Bytes)
	return due, done, x.purge(ctx, manifest.Export{Number: number, Segments: segments})
}

// write writes the events into files, and reads each back.
func (x *Exporter) write(ctx context.Context, records []eventlog.Record) (segments []segment.Info, err error) {
	for len(records) > 0 {
		n := 1
		for n < len(records) && records[n].Position/band == records[0].Position/band {
			n++
		}
		content, info, err := segment.Write(records[:n])
		if err != nil {
			return nil, err
		}
		if err := x.o.Taking("write"); err != nil {
			return nil, err
		}
		if err := x.o.Lake.Store.Put(ctx, info.Name, content); err != nil {
			return nil, fmt.Errorf("lake: %w", err)
		}
		if err := x.o.Taking("verify"); err != nil {
			return nil, err
		}
		if _, err := x.o.Lake.Verify(ctx, info); err != nil {
			return nil, err
		}
		segments, records = append(segments, info), records[n:]
	}
	return segments, nil
}
