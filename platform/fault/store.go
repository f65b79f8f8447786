package fault

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/metric"
)

// Stream is the name of the stream of parked events, and Bucket that of the requests to process them again.
const (
	Stream = "FAULTS"
	Bucket = "RESUBMISSIONS"
)

const (
	prefix     = "fault."
	apiTimeout = 5 * time.Second
	// remember is how long a request and its outcome are kept.
	remember = 7 * 24 * time.Hour
)

// Options of a store; all have useful zero values.
type Options struct {
	// Replicas and Storage of the stream and the bucket where Open makes them; 1 and files where none are given.
	Replicas int
	Storage  jetstream.StorageType
	// Existing is for who only looks and asks: where there is no stream or bucket Open fails.
	Existing bool
	// Now is the clock; time.Now where none is given.
	Now           func() time.Time
	MeterProvider metric.MeterProvider
}

// ErrNoFaults is returned for a hub where nobody has opened a store, to who only looks.
var ErrNoFaults = errors.New("this hub has no place for faults")

// Store is what is parked in a cell. It is safe for concurrent use.
type Store struct {
	js       jetstream.JetStream
	stream   jetstream.Stream
	requests jetstream.KeyValue
	now      func() time.Time
	meter    metric.Meter
	looks    looks
}

// Open returns the store, and makes its stream and bucket where there are none; those that are there keep how they are stored.
func Open(ctx context.Context, nc *nats.Conn, o Options) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(apiTimeout))
	if err != nil {
		return nil, err
	}
	if o.MeterProvider == nil {
		o.MeterProvider = otel.GetMeterProvider()
	}
	s := &Store{js: js, now: o.Now, meter: o.MeterProvider.Meter("tiffin/platform/fault")}
	if s.stream, err = openStream(ctx, js, o); err != nil {
		return nil, fmt.Errorf("faults: %w", err)
	}
	if s.requests, err = openBucket(ctx, js, o); err != nil {
		return nil, fmt.Errorf("faults: %w", err)
	}
	return s, nil
}

func openStream(ctx context.Context, js jetstream.JetStream, o Options) (jetstream.Stream, error) {
	for {
		there, err := js.Stream(ctx, Stream)
		if !errors.Is(err, jetstream.ErrStreamNotFound) {
			return there, err
		}
		if o.Existing {
			return nil, ErrNoFaults
		}
		made, err := js.CreateStream(ctx, jetstream.StreamConfig{
			Name: Stream, Description: "Events that a consumer could not process, each with all that stands behind it.",
			Subjects: []string{prefix + ">"}, Storage: o.Storage, Replicas: max(1, o.Replicas), AllowDirect: true,
			Discard: jetstream.DiscardNew,
			// One entry for each event and key: a later one tells of a later try.
			MaxMsgsPerSubject: 1,
		})
		if !errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) { // another process, with replicas of its own
			return made, err
		}
	}
}

func openBucket(ctx context.Context, js jetstream.JetStream, o Options) (jetstream.KeyValue, error) {
	for {
		there, err := js.KeyValue(ctx, Bucket)
		if !errors.Is(err, jetstream.ErrBucketNotFound) {
			return there, err
		}
		if o.Existing {
			return nil, ErrNoFaults
		}
		made, err := js.CreateKeyValue(ctx, jetstream.KeyValueConfig{
			Bucket: Bucket, Description: "What was asked to be processed again, and what came of it.", History: 1,
			TTL: remember, Storage: o.Storage, Replicas: max(1, o.Replicas),
		})
		if !errors.Is(err, jetstream.ErrBucketExists) {
			return made, err
		}
	}
}
