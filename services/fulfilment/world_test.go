package fulfilment_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"
	"pgregory.net/rapid"

	dispatchv1 "tiffin/gen/tiffin/dispatch/v1"
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	processv1 "tiffin/gen/tiffin/process/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/process"
	"tiffin/platform/process/step"
	"tiffin/services/dispatch"
	dispatchserver "tiffin/services/dispatch/server"
	"tiffin/services/fulfilment"
	fulfilmentserver "tiffin/services/fulfilment/server"
)

// world is a small town in memory: a log, the aggregates of every domain as models, and the processes as they are.
type world struct {
	t   *rapid.T
	now time.Time
	log []eventlog.Event
	plan
	orders    map[string]*orderModel
	payments  map[string]*paymentModel
	tickets   map[string]*ticketModel
	delivered map[string]*deliveryModel
	couriers  []*courierModel
	processes []runner
	// accepted are command ids that an aggregate knows.
	accepted map[string]bool
	// told is everything that the processes decided, and what they heard, to explain a failure.
	told []proto.Message
	// taken counts what was accepted of each command, and how each order ended.
	taken map[string]int
}

// runner is a process of either control service.
type runner interface {
	// actions returns what may happen next to the process, each as often as it is likely.
	actions() []func()
	ended() bool
	// dueNext returns the timer that is due first.
	dueNext() (time.Time, func(), bool)
	// work does all that can be done without waiting, and reports whether there was any.
	work() bool
}

// running carries one process as platform/process does, a step at a time.
type running[S any, C proto.Message, E process.Event[C]] struct {
	w         *world
	id        string
	d         process.Definition[S, C, E]
	state     process.State[S]
	next      int
	lanes     map[string][]sending
	laneNames []string
	timers    map[string]time.Time
	names     []string
	fired     []*processv1.Timer
	// held are acceptances that wait to be recorded with what is decided next, and sent their commands.
	held   []*processv1.Answer
	sent   []sending
	over   func(S) bool
	check  func(S, E)
	events int
}

type sending struct {
	id      string
	request proto.Message
}

func (r *running[S, C, E]) ended() bool { return r.over(r.state.Own) }

// decide is one Execute.
func (r *running[S, C, E]) decide(cause *processv1.Step, in step.Input) {
	in.ID = r.id
	e, hold := r.d.Next(r.state, cause, in, r.held...)
	if hold {
		r.held = append(r.held, cause.GetAnswer())
		return
	}
	if e.ProtoReflect().IsValid() {
		r.record(e)
	}
}

// record appends what was decided, and with it what was held.
func (r *running[S, C, E]) record(e E) {
	r.held, r.sent = nil, nil
	r.events++
	r.w.told = append(r.w.told, e)
	eventID := fmt.Sprintf("%s-%s-%d", eventlog.DomainOf(e), r.id, r.events)
	r.check(r.state.Own, e)
	var err error
	if r.state, err = r.d.Fold(r.state, e, eventID); err != nil {
		r.w.t.Fatal(err)
	}
	for i, c := range e.GetCommands() {
		request := step.Request(c)
		to := eventlog.DomainOf(request)
		if _, known := r.lanes[to]; !known {
			r.laneNames = append(r.laneNames, to)
		}
		r.lanes[to] = append(r.lanes[to], sending{process.CommandID(eventID, i), request})
	}
	for _, name := range e.GetStep().GetTimersCancelled() {
		delete(r.timers, name)
	}
	for _, t := range e.GetStep().GetTimersSet() {
		if _, known := r.timers[t.GetName()]; !known {
			r.names = append(r.names, t.GetName())
		}
		r.timers[t.GetName()] = t.GetDue().AsTime()
	}
}

func (r *running[S, C, E]) actions() []func() {
	var out []func()
	if r.next < len(r.w.log) {
		out = append(out, r.hear, r.hear, r.hear)
	}
	if r.next > 0 && r.w.repeats {
		out = append(out, func() { r.input(r.w.log[rapid.IntRange(0, r.next-1).Draw(r.w.t, "again")]) })
	}
	for _, to := range r.laneNames {
		if len(r.lanes[to]) > 0 {
			send := func() { r.send(to, true) }
			out = append(out, send, send)
			if r.w.repeats {
				out = append(out, func() { r.send(to, false) }) // killed before the outcome was recorded
			}
		}
	}
	if len(r.held) > 0 {
		out = append(out, func() { r.record(r.d.Late(r.state, r.held...)) })
		if r.w.repeats {
			out = append(out, r.forget) // killed before what was held was recorded
		}
	}
	if r.w.hasty {
		for _, name := range r.names {
			if due, set := r.timers[name]; set {
				out = append(out, func() { r.fire(name, due) })
			}
		}
	}
	if len(r.fired) > 0 && r.w.repeats {
		out = append(out, func() { r.fireAgain(r.fired[len(r.fired)-1]) })
	}
	return out
}

// hear hands over the next event that concerns the process.
func (r *running[S, C, E]) hear() {
	for r.next < len(r.w.log) {
		e := r.w.log[r.next]
		r.next++
		if r.input(e) {
			return
		}
	}
}

func (r *running[S, C, E]) input(e eventlog.Event) bool {
	read := false
	for _, m := range r.d.Reads {
		read = read || m.ProtoReflect().Descriptor() == e.Data.ProtoReflect().Descriptor()
	}
	if !read || r.d.Correlate(e) != r.id {
		return false
	}
	cause := &processv1.Step{Cause: &processv1.Step_Input{Input: &processv1.Input{Position: e.Position}}}
	r.decide(cause, step.Input{At: e.Time, Event: e.Data, Source: e.AggregateID})
	return true
}

func (r *running[S, C, E]) send(to string, recorded bool) {
	s := r.lanes[to][0]
	refused := r.w.take(s.id, s.request)
	if !recorded {
		return
	}
	r.lanes[to] = r.lanes[to][1:]
	r.sent = append(r.sent, s)
	answer := &processv1.Answer{CommandId: s.id, Outcome: &processv1.Answer_Accepted{Accepted: &processv1.Accepted{}}}
	if refused != nil {
		answer.Outcome = &processv1.Answer_Refused{Refused: refused}
	}
	r.decide(&processv1.Step{Cause: &processv1.Step_Answer{Answer: answer}}, step.Input{At: r.w.now})
}

// forget makes the commands whose acceptances are held be sent again.
func (r *running[S, C, E]) forget() {
	for _, s := range r.sent {
		if slices.ContainsFunc(r.held, func(a *processv1.Answer) bool { return a.GetCommandId() == s.id }) {
			to := eventlog.DomainOf(s.request)
			r.lanes[to] = append([]sending{s}, r.lanes[to]...)
		}
	}
	r.held, r.sent = nil, nil
}

func (r *running[S, C, E]) fire(name string, due time.Time) {
	if due.After(r.w.now) {
		r.w.now = due
	}
	delete(r.timers, name)
	t := &processv1.Timer{Name: name, Due: timestamppb.New(due)}
	r.fired = append(r.fired, t)
	r.fireAgain(t)
}

func (r *running[S, C, E]) fireAgain(t *processv1.Timer) {
	r.decide(&processv1.Step{Cause: &processv1.Step_Fired{Fired: t}}, step.Input{At: t.GetDue().AsTime(), Fired: t.GetName()})
}

func (r *running[S, C, E]) dueNext() (first time.Time, fire func(), set bool) {
	for _, name := range r.names {
		if due, running := r.timers[name]; running && (!set || due.Before(first)) {
			first, set = due, true
			fire = func() { r.fire(name, due) }
		}
	}
	return first, fire, set
}

func (r *running[S, C, E]) work() bool {
	did := false
	for r.next < len(r.w.log) {
		r.hear()
		did = true
	}
	for _, to := range r.laneNames {
		for len(r.lanes[to]) > 0 {
			r.send(to, true)
			did = true
		}
	}
	return did
}

// begin adds the processes of an order.
func (w *world) begin(id string) {
	f := &running[fulfilment.Fulfilment, *fulfilmentv1.FulfilmentCommand, *fulfilmentv1.FulfilmentEvent]{
		w: w, id: id, d: fulfilmentserver.Definition(fulfilment.NewPolicy(1)), lanes: map[string][]sending{}, timers: map[string]time.Time{},
		over: func(f fulfilment.Fulfilment) bool { return f.Ended },
	}
	f.check = func(before fulfilment.Fulfilment, e *fulfilmentv1.FulfilmentEvent) { w.decided(id, before, e) }
	d := &running[dispatch.Dispatch, *dispatchv1.DispatchCommand, *dispatchv1.DispatchEvent]{
		w: w, id: id, d: dispatchserver.Definition(dispatch.NewPolicy(1), w.free), lanes: map[string][]sending{}, timers: map[string]time.Time{},
		over: func(d dispatch.Dispatch) bool { return d.Ended || d.Delivery == nil },
	}
	d.check = func(before dispatch.Dispatch, e *dispatchv1.DispatchEvent) {
		if before.Ended && e.GetCommandAnswered() == nil {
			w.failf("dispatch %s went on after its end", id)
		}
	}
	w.processes = append(w.processes, f, d)
}

// decided checks what a fulfilment decides.
func (w *world) decided(id string, before fulfilment.Fulfilment, e *fulfilmentv1.FulfilmentEvent) {
	if before.Ended {
		w.failf("fulfilment %s went on after its end", id)
	}
	for _, c := range e.GetCommands() {
		position := e.GetStep().GetInput().GetPosition()
		if cancelled := w.orders[id].cancelledAt; c.GetOpenTicket() != nil && cancelled > 0 && position >= cancelled {
			w.failf("a ticket was opened for order %s, which was cancelled first", id)
		}
	}
	if ended := e.GetFulfilmentEnded(); ended != nil {
		w.taken["ending "+strings.TrimPrefix(ended.GetEnding().String(), "ENDING_")]++
	}
}

// failf ends the history with all that was told in it.
func (w *world) failf(format string, args ...any) {
	for _, m := range w.told {
		w.t.Logf("%s %v", eventlog.TypeOf(m), m)
	}
	w.t.Fatalf(format, args...)
}

func (w *world) append(id string, data proto.Message) uint64 {
	w.told = append(w.told, data)
	position := uint64(len(w.log)) + 1
	w.log = append(w.log, eventlog.Event{Position: position, AggregateID: id, Data: data, Time: w.now})
	return position
}
