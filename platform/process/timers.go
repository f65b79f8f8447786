package process

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/protobuf/proto"

	processv1 "tiffin/gen/tiffin/process/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/process/step"
)

// TimersStream is the JetStream stream that holds the timers of all control services.
const TimersStream = "TIMERS"

const (
	setPrefix   = "timer.set."
	firedPrefix = "timer.fired."
	hdrSchedule = "Nats-Schedule"
	hdrTarget   = "Nats-Schedule-Target"
	heartbeat   = 500 * time.Millisecond

	// The code by which JetStream tells that a message is not there.
	codeNoMessage = 10037
)

// timers are the timers of one control service, as schedules of JetStream.
type timers struct {
	js     jetstream.JetStream
	stream jetstream.Stream
	domain string
}

func openTimers(ctx context.Context, js jetstream.JetStream, o Options, domain string) (*timers, error) {
	stream, err := js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name: TimersStream, Description: "Deadlines of processes: set until they are due, fired until they are worked on.",
		Subjects: []string{setPrefix + ">", firedPrefix + ">"}, AllowMsgSchedules: true, MaxMsgsPerSubject: 1,
		Storage: o.Storage, Replicas: max(1, o.Replicas),
	})
	if err != nil {
		return nil, fmt.Errorf("timers: %w", err)
	}
	return &timers{js: js, stream: stream, domain: domain}, nil
}

// set schedules the timer, in the place of one of the same name.
func (t *timers) set(ctx context.Context, id string, timer *processv1.Timer) error {
	body, err := proto.Marshal(timer)
	if err != nil {
		return err
	}
	subject := t.domain + "." + id + "." + timer.GetName()
	_, err = t.js.PublishMsg(ctx, &nats.Msg{Subject: setPrefix + subject, Data: body, Header: nats.Header{
		// The client library's own helper cuts the time to seconds, and would wake too early.
		hdrSchedule: {"@at " + timer.GetDue().AsTime().Format(time.RFC3339Nano)}, hdrTarget: {firedPrefix + subject},
	}})
	if err != nil {
		return fmt.Errorf("set timer %s: %w", timer.GetName(), err)
	}
	return nil
}

// cancel takes a timer back that has not fired. One that has fired is no news to its process.
func (t *timers) cancel(ctx context.Context, id, name string) error {
	subject := setPrefix + t.domain + "." + id + "." + name
	if err := t.stream.Purge(ctx, jetstream.WithPurgeSubject(subject)); err != nil {
		return fmt.Errorf("cancel timer %s: %w", name, err)
	}
	return nil
}

// followTimers wakes processes whose timers are due, until ctx ends, each after what the log had for them when it fired. A fired
// timer stays in the stream until it was worked on, so each new lead sees it again: nothing depends on acknowledgements.
func (p *Processes[S, C, E]) followTimers(ctx context.Context, l *lanes, h *holding, inputs *watermark) error {
	consumer, err := p.timers.stream.OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{
		FilterSubjects: []string{firedPrefix + p.domain + ".>"},
	})
	if err != nil {
		return fmt.Errorf("timers: %w", err)
	}
	defer p.timers.leave(ctx, consumer)
	consuming, err := consumer.Consume(func(m jetstream.Msg) {
		id, ok := p.timers.processOf(m.Subject())
		if !ok { // nobody but us sets timers
			p.logger.ErrorContext(ctx, "this is no timer of a process", "subject", m.Subject())
			return
		}
		if p.heard(ctx, inputs) == nil {
			p.wake(ctx, l, h, id, m)
		}
	}, jetstream.PullHeartbeat(heartbeat))
	if err != nil {
		return fmt.Errorf("timers: %w", err)
	}
	defer func() {
		consuming.Stop()
		<-consuming.Closed()
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-consuming.Closed():
		return errors.New("timers: the consumer ended")
	}
}

// leave deletes the consumer, which would linger on the server for minutes. It is only a courtesy, so what goes wrong is not
// told.
func (t *timers) leave(ctx context.Context, consumer jetstream.Consumer) {
	info := consumer.CachedInfo()
	if info == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	_ = t.js.DeleteConsumer(ctx, TimersStream, info.Name)
}

// errFlows: what was parked has been processed at once, so the timer is looked at again.
var errFlows = errors.New("the process flows again")

// wake queues the decision on a fired timer. One that comes for a process behind a fault waits where it is, in the stream, and so
// does one that is parked itself: it comes again when the process flows, and is then no news.
func (p *Processes[S, C, E]) wake(ctx context.Context, l *lanes, h *holding, id string, m jetstream.Msg) {
	l.add(ctx, id, func(ctx context.Context) error {
		gate, again := p.gate.Load(), func() { p.wake(ctx, l, h, id, m) }
		if gate.Wait(instance(id), again) {
			return nil
		}
		err := p.fired(ctx, id, m.Data(), h)
		if fault.IsPoison(err) {
			at, gone := p.goneBy(ctx, id)
			if gone != nil {
				return gone
			}
			if _, err := p.pass(ctx, instance(id), p.timers.record(m, at), func() error { return err }); err != nil {
				return err
			}
			if !gate.Wait(instance(id), again) { // it flows again already
				return errFlows
			}
			return nil
		}
		if err != nil {
			return err
		}
		if err := p.o.Taking("forget"); err != nil {
			return err
		}
		return p.timers.done(ctx, m)
	})
}

func (p *Processes[S, C, E]) fired(ctx context.Context, id string, data []byte, h *holding) error {
	cause, in, err := firedOf(id, data)
	if err != nil {
		return fault.Poisoned(err)
	}
	return p.decide(ctx, cause, in, "timer "+in.Fired, false, h, func() {})
}

func firedOf(id string, data []byte) (*processv1.Step, step.Input, error) {
	timer := &processv1.Timer{}
	if err := proto.Unmarshal(data, timer); err != nil {
		return nil, step.Input{}, fmt.Errorf("read a timer: %w", err)
	}
	return &processv1.Step{Cause: &processv1.Step_Fired{Fired: timer}},
		step.Input{ID: id, At: timer.GetDue().AsTime(), Fired: timer.GetName()}, nil
}

// processOf returns the process whose fired timer has the subject.
func (t *timers) processOf(subject string) (id string, ok bool) {
	rest, ours := strings.CutPrefix(subject, firedPrefix+t.domain+".")
	id, _, ok = strings.Cut(rest, ".")
	return id, ours && ok
}

// record is a fired timer as it is parked. It has no place in the log, and gets that of the last input that its process has
// decided on: it stands before all that are parked behind it.
func (t *timers) record(m jetstream.Msg, at uint64) eventlog.Record {
	return eventlog.Record{Position: at, Subject: m.Subject(), Header: nats.Header{}, Data: m.Data()}
}

// done forgets a timer that was worked on, unless it is gone already: one of the same name that was set and fired meanwhile
// has taken its place.
func (t *timers) done(ctx context.Context, m jetstream.Msg) error {
	meta, err := m.Metadata()
	if err != nil {
		return err
	}
	err = t.stream.DeleteMsg(ctx, meta.Sequence.Stream)
	if errors.Is(err, jetstream.ErrMsgDeleteUnsuccessful) { // the library doesn't say why
		if _, gone := t.stream.GetMsg(ctx, meta.Sequence.Stream); gone != nil {
			err = gone
		}
	}
	var api *jetstream.APIError
	if errors.Is(err, jetstream.ErrMsgNotFound) || errors.As(err, &api) && api.ErrorCode == codeNoMessage {
		return nil
	}
	return err
}
