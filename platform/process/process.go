package process

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
)

// Options of the processes of one control service. Log, NATS, Faults, Conn and As are required.
type Options struct {
	Log  *eventlog.Log
	NATS *nats.Conn
	// Faults is where inputs are parked that can't be decided on, each with those that follow for its process.
	Faults *fault.Store
	// Conn returns the connection to the domain service of that name, such as "kitchen".
	Conn func(domain string) grpc.ClientConnInterface
	// As returns a context in which the control service is the caller.
	As  func(context.Context) (context.Context, error)
	Now func() time.Time
	// LeaseTTL is how long an instance may be silent before another takes over; 5 s where none is given.
	LeaseTTL time.Duration
	// Parallel bounds how many processes are worked on at a time; 64 where none is given.
	Parallel int
	// HoldFor is how long an acceptance from which nothing follows may wait to be recorded with what is decided next; 2 s where
	// none is given. Meanwhile its command counts as not carried out, so a successor repeats it.
	HoldFor time.Duration
	// Replicas and Storage of the timers and the checkpoints; 1 and files where none are given.
	Replicas int
	Storage  jetstream.StorageType
	Logger   *slog.Logger
	// Taking is called before each step that reaches out of the process, which is not taken where it fails; for tests, which
	// end the process there.
	Taking func(what string) error
}

const (
	defaultLeaseTTL = 5 * time.Second
	defaultParallel = 64
	defaultHoldFor  = 2 * time.Second
	apiTimeout      = 5 * time.Second
)

// Processes are all processes of a control service. They are safe for concurrent use.
type Processes[S any, C proto.Message, E Event[C]] struct {
	d         Definition[S, C, E]
	o         Options
	domain    string
	aggregate *eventlog.Aggregate[State[S], E]
	bucket    jetstream.KeyValue
	timers    *timers
	// gate knows which processes stand behind faults, while this instance carries them on.
	gate   atomic.Pointer[fault.Gate]
	logger *slog.Logger
	ready  atomic.Bool
}

// New returns the processes of E's domain, and makes the places for timers and checkpoints where there are none. Nothing
// happens until Run.
func New[S any, C proto.Message, E Event[C]](ctx context.Context, d Definition[S, C, E], o Options) (*Processes[S, C, E], error) {
	if o.Log == nil || o.NATS == nil || o.Faults == nil || o.Conn == nil || o.As == nil {
		return nil, errors.New("process: Log, NATS, Faults, Conn and As are required")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.LeaseTTL <= 0 {
		o.LeaseTTL = defaultLeaseTTL
	}
	if o.Parallel <= 0 {
		o.Parallel = defaultParallel
	}
	if o.HoldFor <= 0 {
		o.HoldFor = defaultHoldFor
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Taking == nil {
		o.Taking = func(string) error { return nil }
	}
	var prototype E
	p := &Processes[S, C, E]{
		d: d, o: o, domain: eventlog.DomainOf(prototype), logger: o.Logger.With("processes", eventlog.DomainOf(prototype)),
		aggregate: eventlog.NewAggregate(o.Log, func(s State[S], e E, m eventlog.Meta) (State[S], error) {
			return d.fold(s, e, m.EventID)
		}),
	}
	js, err := jetstream.New(o.NATS, jetstream.WithDefaultTimeout(apiTimeout))
	if err != nil {
		return nil, err
	}
	if p.bucket, err = openBucket(ctx, js, o); err != nil {
		return nil, err
	}
	p.timers, err = openTimers(ctx, js, o, p.domain)
	return p, err
}

// Ready reports whether the processes are carried on, here or by another instance.
func (p *Processes[S, C, E]) Ready() bool { return p.ready.Load() }
