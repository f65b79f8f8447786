package process

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	processv1 "tiffin/gen/tiffin/process/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/fault"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/identity"
	"tiffin/platform/problem"
	"tiffin/platform/process/step"
	"tiffin/platform/rpc"
)

const (
	patience = 30 * time.Second
	wakeIn   = 20 * time.Millisecond
	// Who may be killed is soon followed; who is not, holds on to its lease on however busy a machine.
	mortalTTL, leaseTTL = 200 * time.Millisecond, 10 * time.Second
)

type (
	event   = fulfilmentv1.FulfilmentEvent
	command = fulfilmentv1.FulfilmentCommand
)

// count is a process of the tests: how many of its events there are, those left out that only record answers.
type count int

// An order is confirmed and its ticket cancelled; a while after it was placed, it is completed; when all is answered, it ends.
var definition = Definition[count, *command, *event]{
	Reads:     []proto.Message{&orderingv1.OrderEvent{}},
	Correlate: func(e eventlog.Event) string { return e.AggregateID },
	Evolve: func(n count, e *event) (count, error) {
		if e.GetCommandAnswered() != nil {
			return n, nil
		}
		return n + 1, nil
	},
	Answered: func() *event {
		return &event{Event: &fulfilmentv1.FulfilmentEvent_CommandAnswered{CommandAnswered: &processv1.CommandAnswered{}}}
	},
	Decide: decide,
}

func decide(n count, in step.Input) *event {
	placed, _ := in.Event.(*orderingv1.OrderEvent)
	switch {
	case placed.GetOrderPlaced() != nil: // the mechanism knows a repeat
		return &event{
			Event: &fulfilmentv1.FulfilmentEvent_FulfilmentStarted{FulfilmentStarted: &fulfilmentv1.FulfilmentStarted{Order: placed.GetOrderPlaced()}},
			Step: &processv1.Step{
				TimersSet:       []*processv1.Timer{step.Timer("wake", in.At, wakeIn), step.Timer("other", in.At, time.Hour)},
				TimersCancelled: []string{"nothing"},
			},
			Commands: []*command{
				{Command: &fulfilmentv1.FulfilmentCommand_ConfirmOrder{ConfirmOrder: &orderingv1.ConfirmOrderRequest{OrderId: in.ID}}},
				{Command: &fulfilmentv1.FulfilmentCommand_CancelTicket{CancelTicket: &kitchenv1.CancelTicketRequest{
					TicketId: in.ID, ReasonCode: "TEST", Reason: "test",
				}}},
			},
		}
	case in.Fired == "wake":
		return &event{
			Event: &fulfilmentv1.FulfilmentEvent_FoodReady{FoodReady: &fulfilmentv1.FoodReady{}},
			Step:  &processv1.Step{TimersCancelled: []string{"other"}},
			Commands: []*command{
				{Command: &fulfilmentv1.FulfilmentCommand_CompleteOrder{CompleteOrder: &orderingv1.CompleteOrderRequest{OrderId: in.ID}}},
			},
		}
	case in.Answer != nil && in.Unanswered == 0 && n == 2:
		return &event{Event: &fulfilmentv1.FulfilmentEvent_FulfilmentEnded{FulfilmentEnded: &fulfilmentv1.FulfilmentEnded{}}}
	}
	return nil
}

// town is a log, the services that are commanded, and orders.
type town struct {
	nc     *nats.Conn
	log    *eventlog.Log
	faults *fault.Store
	// definition is what is started.
	definition Definition[count, *command, *event]
	conn       *grpc.ClientConn
	orders     *eventlog.Aggregate[int, *orderingv1.OrderEvent]
	ttl        time.Duration
	// hold is how long acceptances may wait.
	hold time.Duration

	mu sync.Mutex
	// sent are the command ids of each request, as the services got them.
	sent map[string][]string
	// ended is closed when the instance that was started last has ended.
	ended <-chan struct{}
	// fails is asked before a request is answered.
	fails func(request string) error
}

func newTown(t *testing.T) *town {
	t.Helper()
	nc := hubtest.Connect(t)
	h := &town{nc: nc, log: eventlogtest.On(t, nc), definition: definition, ttl: leaseTTL, hold: patience, sent: map[string][]string{}}
	var err error
	h.faults, err = fault.Open(t.Context(), nc, fault.Options{})
	require.NoError(t, err)
	h.orders = eventlog.NewAggregate(h.log, func(n int, _ *orderingv1.OrderEvent, _ eventlog.Meta) (int, error) { return n + 1, nil })
	server, err := rpc.NewServer(rpc.ServerOptions{Verify: func(context.Context, string) (identity.Caller, error) { return identity.Caller{}, nil }})
	require.NoError(t, err)
	orderingv1.RegisterOrderingServiceServer(server, &ordering{town: h})
	kitchenv1.RegisterKitchenServiceServer(server, &kitchen{town: h})
	conn, closed, err := rpc.InProcess(server, rpc.DialOptions(rpc.ClientOptions{})...)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, closed())
		server.Stop()
	})
	h.conn = conn
	return h
}

func (h *town) got(ctx context.Context, request proto.Message) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	name := string(request.ProtoReflect().Descriptor().Name())
	if h.fails != nil {
		if err := h.fails(name); err != nil {
			return err
		}
	}
	h.sent[name] = append(h.sent[name], eventlog.CommandFrom(ctx).ID)
	return nil
}

func (h *town) failing(f func(request string) error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fails = f
}

type ordering struct {
	orderingv1.UnimplementedOrderingServiceServer
	*town
}

func (o *ordering) ConfirmOrder(ctx context.Context, r *orderingv1.ConfirmOrderRequest) (*orderingv1.ConfirmOrderResponse, error) {
	return &orderingv1.ConfirmOrderResponse{Position: 7}, o.got(ctx, r)
}

func (o *ordering) CompleteOrder(ctx context.Context, r *orderingv1.CompleteOrderRequest) (*orderingv1.CompleteOrderResponse, error) {
	return &orderingv1.CompleteOrderResponse{}, o.got(ctx, r)
}

type kitchen struct {
	kitchenv1.UnimplementedKitchenServiceServer
	*town
}

func (k *kitchen) CancelTicket(ctx context.Context, r *kitchenv1.CancelTicketRequest) (*kitchenv1.CancelTicketResponse, error) {
	if err := k.got(ctx, r); err != nil {
		return nil, err
	}
	return nil, problem.Refuse("TICKET_NOT_OPEN", "no")
}

func (h *town) place(t *testing.T) string {
	t.Helper()
	id := ulid.Make().String()
	_, err := h.orders.Create(t.Context(), id, func(int) (*orderingv1.OrderEvent, error) {
		return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{
			CustomerId: "ada", DeliveryAddress: &typev1.Personal{PersonId: "ada", Data: &typev1.PersonalData{Text: "Main Street 1"}},
		}}}, nil
	})
	require.NoError(t, err)
	return id
}

// start runs processes until the test ends, stop is called, or taking kills them.
func (h *town) start(t *testing.T, taking func(string) error) (p *Processes[count, *command, *event], stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	bucket := &mortal{}
	o := Options{
		Log: h.log, NATS: h.nc, Faults: h.faults, Conn: func(string) grpc.ClientConnInterface { return h.conn },
		As:       func(ctx context.Context) (context.Context, error) { return ctx, nil },
		LeaseTTL: h.ttl, HoldFor: h.hold, Parallel: 4,
	}
	if taking != nil {
		o.Taking = func(what string) error {
			err := taking(what)
			if errors.Is(err, errKilled) {
				bucket.dead.Store(true)
				cancel()
			}
			return err
		}
	}
	p, err := New(t.Context(), h.definition, o)
	require.NoError(t, err)
	bucket.KeyValue, p.bucket = p.bucket, bucket
	ended := make(chan struct{})
	h.ended = ended
	go func() {
		defer close(ended)
		err = p.Run(ctx)
	}()
	stop = func() error {
		cancel()
		<-ended
		if bucket.dead.Load() {
			return errKilled
		}
		return err
	}
	t.Cleanup(func() { _ = stop() })
	return p, stop
}

// errKilled ends an instance at once: no step is taken any more, and nothing is said to a successor.
var errKilled = errors.New("killed")

// mortal is a bucket that the dead can't write to: neither a last checkpoint nor that they are gone.
type mortal struct {
	jetstream.KeyValue
	dead atomic.Bool
}

func (m *mortal) Update(ctx context.Context, key string, value []byte, last uint64) (uint64, error) {
	if m.dead.Load() {
		return 0, errKilled
	}
	return m.KeyValue.Update(ctx, key, value, last)
}

// story is what the log says of a process, in order.
func (h *town) story(t *testing.T, id string) (types []string, events []*event) {
	t.Helper()
	var own *event
	last, err := h.log.LastPosition(t.Context(), own)
	require.NoError(t, err)
	enough := errors.New("enough")
	err = h.log.Follow(t.Context(), eventlog.FollowOptions{Domains: []proto.Message{own}}, func(_ context.Context, b eventlog.Batch) error {
		for _, e := range b.Events {
			if e.AggregateID == id {
				types = append(types, e.Type)
				events = append(events, e.Data.(*event))
			}
			if e.Position >= last {
				return enough
			}
		}
		if last == 0 {
			return enough
		}
		return nil
	})
	require.ErrorIs(t, err, enough)
	return types, events
}

// answersIn counts what is recorded of each command.
func answersIn(events []*event) map[string]int {
	recorded := map[string]int{}
	for _, e := range events {
		if a := e.GetStep().GetAnswer(); a != nil {
			recorded[a.GetCommandId()]++
		}
		for _, a := range e.GetStep().GetAnswers() {
			recorded[a.GetCommandId()]++
		}
	}
	return recorded
}

// whole requires that a process has ended after each of its steps was taken once, and every command answered once.
func (h *town) whole(t *testing.T, id string) {
	t.Helper()
	types, events := h.story(t, id)
	facts := slices.DeleteFunc(slices.Clone(types), func(s string) bool { return s == "fulfilment.CommandAnswered" })
	require.Equal(t, []string{"fulfilment.FulfilmentStarted", "fulfilment.FoodReady", "fulfilment.FulfilmentEnded"}, facts)
	recorded := answersIn(events)
	require.Len(t, recorded, 3, "%v", types)
	for command, times := range recorded {
		require.Equal(t, 1, times, command)
	}
}

func (h *town) ends(t *testing.T, ids ...string) {
	t.Helper()
	require.Eventually(t, func() bool { return h.allEnded(t, ids) }, patience, 5*time.Millisecond)
}

func (h *town) allEnded(t *testing.T, ids []string) bool {
	for _, id := range ids {
		if types, _ := h.story(t, id); len(types) == 0 || types[len(types)-1] != "fulfilment.FulfilmentEnded" {
			return false
		}
	}
	return true
}

var unreachable = status.Error(codes.Unavailable, "nobody there")
