package eventlog

import (
	"context"
	"errors"
	"reflect"
	"time"

	"github.com/oklog/ulid/v2"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/protobuf/proto"

	"tiffin/platform/hub/leader"
	"tiffin/platform/problem"
)

const (
	attempts = 5
	// lateness is how old an id may be that creates an aggregate: closed ones leave the log later than that, so that a late
	// repeat can't create again what is gone.
	lateness = 24 * time.Hour
)

// Execute loads the aggregate, lets decide look at it, and appends the event that it returns, if any. When others appended
// in between it loads and decides again, at most 5 times, so decide must be pure, and give away the event that it returns:
// Execute seals it for a moment. It returns the position that the aggregate's log has reached. An error of decide is returned
// as it is, after the leader has confirmed the state that it rests on. A command (see WithCommand) that was accepted before is
// not decided again: its first position is returned.
//
// It returns problem.Contended when others were faster every time, and OUTCOME_UNKNOWN when the log did not answer.
func (a *Aggregate[S, E]) Execute(ctx context.Context, id string, decide func(S) (E, error)) (uint64, error) {
	return a.execute(ctx, id, rules[S, E]{decide: decide}, false)
}

// ExecuteIf is Execute for a command that only the state can say who may send. may is asked before anything is answered, a
// repeat included, of which decide never hears.
func (a *Aggregate[S, E]) ExecuteIf(
	ctx context.Context, id string, may func(S) error, decide func(S) (E, error),
) (uint64, error) {
	return a.execute(ctx, id, rules[S, E]{may: may, decide: decide}, false)
}

// Create is Execute for a command that expects a new aggregate: it spares the load, and falls back to it.
func (a *Aggregate[S, E]) Create(ctx context.Context, id string, decide func(S) (E, error)) (uint64, error) {
	return a.execute(ctx, id, rules[S, E]{decide: decide}, true)
}

// rules are what a command is decided by; without may, anybody may send it.
type rules[S any, E proto.Message] struct {
	may    func(S) error
	decide func(S) (E, error)
}

func (a *Aggregate[S, E]) execute(ctx context.Context, id string, r rules[S, E], expectNew bool) (uint64, error) {
	if _, err := ulid.ParseStrict(id); err != nil {
		return 0, problem.InvalidField("id", "%q is not a ULID", id)
	}
	e, err := a.acquire(ctx, id)
	if err != nil {
		return 0, err
	}
	defer e.release()
	var atLeast uint64
	for try := range attempts {
		// An id that is too old to create anything can only be a repeat: the log knows.
		assumed := expectNew && try == 0 && !e.loaded && a.timely(id) == nil
		if !assumed && (!e.loaded || e.last < atLeast) {
			if err := a.load(ctx, id, e, atLeast); err != nil {
				return 0, err
			}
		}
		position, again, err := a.attempt(ctx, id, e, r)
		if again == 0 {
			return position, err
		}
		atLeast = again
	}
	return 0, problem.New(problem.Contended, "CONTENDED", "others changed the same record at the same time; please repeat")
}

// attempt decides once. Where the aggregate turns out to have moved on, again is how far.
func (a *Aggregate[S, E]) attempt(ctx context.Context, id string, e *entry[S], r rules[S, E]) (position, again uint64, err error) {
	cmd := CommandFrom(ctx)
	var data E
	var refusal error
	if r.may != nil {
		refusal = r.may(e.state)
	}
	if refusal == nil {
		if position, before, err := e.accepted.answered(cmd); before {
			return position, 0, err
		}
		data, refusal = r.decide(e.state)
	}
	if refusal == nil && e.last == 0 && !isNil(data) {
		refusal = a.timely(id)
	}
	if refusal != nil || isNil(data) {
		switch last, err := a.confirm(ctx, id); {
		case err != nil:
			return 0, 0, err
		case last != e.guard:
			e.loaded = false
			return 0, max(last, 1), nil
		}
		e.settled()
		return e.last, 0, refusal
	}
	position, err = a.append(ctx, id, cmd, e, data)
	if !errors.Is(err, ErrConflict) {
		return position, 0, err
	}
	if again, err = a.confirm(ctx, id); err != nil {
		return 0, 0, err
	}
	return 0, max(again, 1), nil
}

// confirm asks the leader for the aggregate's last position.
func (a *Aggregate[S, E]) confirm(ctx context.Context, id string) (uint64, error) {
	m, err := a.log.leaderGet(ctx, leader.Request{LastBySubject: subjectOf(a.domain, id)})
	return m.Sequence, err
}

func (a *Aggregate[S, E]) append(ctx context.Context, id string, cmd Command, e *entry[S], data E) (uint64, error) {
	event := Event{
		ID: ulid.Make().String(), Type: TypeOf(data), Domain: a.domain, AggregateID: id, Time: a.log.o.Now(),
		CommandID: cmd.ID, Fingerprint: cmd.Fingerprint, CorrelationID: cmd.CorrelationID, CausationID: cmd.CausationID,
	}
	if event.Type == "" {
		return 0, errors.New("eventlog: the decision returned an event without a case")
	}
	if a.log.o.Full() {
		return 0, diskFull()
	}
	expected := Nothing()
	if e.guard > 0 {
		expected = At(e.guard)
	}
	ctx, span := a.log.tracer.Start(ctx, "append "+event.Type, trace.WithSpanKind(trace.SpanKindProducer))
	defer span.End()
	if span.IsRecording() {
		span.SetAttributes(
			attribute.String("messaging.system", "nats"), attribute.String("messaging.destination.name", Stream),
			attribute.String("tiffin.aggregate.id", id), attribute.String("tiffin.event.type", event.Type))
	}
	event.Data = data
	msg, err := encode(ctx, a.log.o.Keys, event)
	if err != nil {
		return 0, err
	}
	start := time.Now()
	event.Position, err = a.log.publish(ctx, msg, expected)
	a.outcomes.record(ctx, a.log.took, time.Since(start), err)
	if err != nil {
		e.forget()
		span.SetStatus(codes.Error, err.Error())
		return 0, err
	}
	if span.IsRecording() {
		span.SetAttributes(attribute.Int64("tiffin.position", int64(event.Position)))
	}
	if err := a.fold(e, event); err != nil {
		// It is in the log all the same: the command was accepted.
		e.forget()
		a.log.o.Logger.ErrorContext(ctx, "an appended event can't be folded", "error", err)
		return event.Position, nil
	}
	e.guard = event.Position
	e.settled()
	return event.Position, nil
}

// settled keeps the state for the next command, where the guard proves it: of what the hub knows nothing, others may have appended
// and exported more meanwhile.
func (e *entry[S]) settled() { e.loaded = e.guard > 0 }

// timely refuses a new aggregate whose id is not of this day.
func (a *Aggregate[S, E]) timely(id string) error {
	u, err := ulid.ParseStrict(id)
	if err != nil {
		return problem.InvalidField("id", "%q is not a ULID", id)
	}
	if age := a.log.o.Now().Sub(ulid.Time(u.Time())); age > lateness || age < -lateness {
		return problem.New(problem.Invalid, "ID_NOT_OF_TODAY", "the time in the id must be within 24 hours of now")
	}
	return nil
}

func isNil(m proto.Message) bool {
	if m == nil {
		return true
	}
	v := reflect.ValueOf(m)
	return v.Kind() == reflect.Pointer && v.IsNil()
}
