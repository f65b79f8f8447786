package webhook

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/metric"

	"tiffin/platform/fault"
)

// Message is what a body means.
type Message struct {
	// About is what it is about, within which order is kept where something can't be processed: such as an aggregate's id. It is
	// empty where that can't be told.
	About string
	// Record records it, once or more often; nil: there is nothing to record. An error of fault.Poisoned will not pass, and
	// neither will a panic; any other may, and has the sender repeat the message.
	Record func(context.Context) error
}

// Options of a handler. Those above the line are required; the rest has useful zero values.
type Options struct {
	// Name tells these webhooks from others in metrics and logs, and, with Owner, the service that takes them, in what is parked.
	Owner, Name string
	Secrets     [][]byte
	// Read says what a body means, which nobody has looked at yet. It is pure. What it fails or panics on will not pass; it may
	// say what that is about all the same.
	Read func(body []byte) (Message, error)

	// ---

	// Faults is where messages are parked that can't be processed; without it their sender repeats them.
	Faults *fault.Store
	// Shown are the names of the JSON fields of messages whose values say nothing of persons.
	Shown []string
	// Bucket holds the lease under which one replica processes again what is parked; required with Faults.
	Bucket jetstream.KeyValue
	// Silence of the lease, see package lease.
	Silence time.Duration
	// Window is how far a message's time may be from now; 5 min where none is given.
	Window time.Duration
	// MaxBody bounds a message in bytes; 64 KiB where none is given.
	MaxBody int64
	// Now is the clock; time.Now where none is given.
	Now           func() time.Time
	Logger        *slog.Logger
	MeterProvider metric.MeterProvider
}

const (
	defaultWindow  = 5 * time.Minute
	defaultMaxBody = 64 << 10
)

func (o Options) complete() (Options, error) {
	if o.Owner == "" || o.Name == "" || len(o.Secrets) == 0 || o.Read == nil || (o.Faults == nil) != (o.Bucket == nil) {
		return o, errors.New("webhook: a required option is missing")
	}
	for _, secret := range o.Secrets {
		if len(secret) == 0 {
			return o, errors.New("webhook: a secret is empty")
		}
	}
	if o.Window <= 0 {
		o.Window = defaultWindow
	}
	if o.MaxBody <= 0 {
		o.MaxBody = defaultMaxBody
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.MeterProvider == nil {
		o.MeterProvider = otel.GetMeterProvider()
	}
	return o, nil
}
