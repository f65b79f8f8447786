package erasure_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	erasurev1 "tiffin/gen/tiffin/erasure/v1"
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	processv1 "tiffin/gen/tiffin/process/v1"
	"tiffin/platform/process/step"
	"tiffin/platform/scenario"
	"tiffin/services/erasure"
)

const ada = "ada"

var (
	policy = erasure.Policy{Orders: time.Hour, Memory: 10 * time.Second}
	noon   = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
)

func requested() step.Input {
	return step.Input{At: noon, Source: ada, Event: &customerv1.CustomerEvent{Event: &customerv1.CustomerEvent_ErasureRequested{
		ErasureRequested: &customerv1.ErasureRequested{},
	}}}
}

func placed(order string) step.Input {
	return step.Input{At: noon, Source: order, Event: &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{}}}}
}

func ended(order string) step.Input {
	return step.Input{At: noon, Source: order, Event: &fulfilmentv1.FulfilmentEvent{Event: &fulfilmentv1.FulfilmentEvent_FulfilmentEnded{
		FulfilmentEnded: &fulfilmentv1.FulfilmentEnded{},
	}}}
}

func answered(command *erasurev1.ErasureCommand, refused bool) step.Input {
	in := step.Input{At: noon, Answer: &step.Answer{Request: step.Request(command)}}
	if refused {
		in.Answer.Refused = &processv1.Refused{Code: "NO"}
	}
	return in
}

func fired(timer string) step.Input { return step.Input{At: noon, Fired: timer} }

var (
	destroy = &erasurev1.ErasureCommand{Command: &erasurev1.ErasureCommand_DestroyKey{DestroyKey: &customerv1.DestroyKeyRequest{CustomerId: ada}}}
	confirm = &erasurev1.ErasureCommand{Command: &erasurev1.ErasureCommand_ConfirmErasure{ConfirmErasure: &customerv1.ConfirmErasureRequest{CustomerId: ada}}}
)

// told is what an event says, and what it commands.
func told(e *erasurev1.ErasureEvent) []string {
	if e == nil {
		return nil
	}
	m := e.ProtoReflect()
	out := []string{string(m.Descriptor().Oneofs().Get(0).Fields().ByName(m.WhichOneof(m.Descriptor().Oneofs().Get(0)).Name()).Message().Name())}
	for _, c := range e.GetCommands() {
		switch r := step.Request(c).(type) {
		case *orderingv1.CancelOrderRequest:
			out = append(out, "cancel "+r.GetOrderId())
		case *customerv1.DestroyKeyRequest:
			out = append(out, "destroy "+r.GetCustomerId())
		case *customerv1.ConfirmErasureRequest:
			out = append(out, "confirm "+r.GetCustomerId())
		}
	}
	for _, timer := range e.GetStep().GetTimersSet() {
		out = append(out, "set "+timer.GetName()+" "+timer.GetDue().AsTime().Sub(noon).String())
	}
	for _, timer := range e.GetStep().GetTimersCancelled() {
		out = append(out, "take back "+timer)
	}
	return out
}

func TestEveryEventEvolves(t *testing.T) { scenario.RequireEveryEvent(t, erasure.Evolve) }

func TestWhatFollows(t *testing.T) {
	type inputs = []step.Input
	for _, c := range []struct {
		name  string
		open  []string
		given inputs
		when  step.Input
		then  []string
	}{
		{"nothing is open", nil, nil, requested(), []string{"ErasureStarted", "destroy ada"}},
		{"orders are open", []string{"o2", "o1"}, nil, requested(), []string{"ErasureStarted", "cancel o1", "cancel o2", "set overdue 1h0m0s"}},
		{"asked for again", nil, inputs{requested()}, requested(), nil},
		{"one of two ends", []string{"o1", "o2"}, inputs{requested()}, ended("o1"), []string{"OrderSettled"}},
		{"the last ends", []string{"o1", "o2"}, inputs{requested(), ended("o1")}, ended("o2"), []string{"OrderSettled", "destroy ada", "take back overdue"}},
		{"one ends again", []string{"o1", "o2"}, inputs{requested(), ended("o1")}, ended("o1"), nil},
		{"one is placed meanwhile", []string{"o1"}, inputs{requested()}, placed("o3"), []string{"OrderFound", "cancel o3"}},
		{"and is waited for", []string{"o1"}, inputs{requested(), placed("o3")}, ended("o1"), []string{"OrderSettled"}},
		{"one that was known", []string{"o1"}, inputs{requested()}, placed("o1"), nil},
		{"they take too long", []string{"o1"}, inputs{requested()}, fired("overdue"), []string{"ErasureOverdue", "destroy ada"}},
		{"and end after all", []string{"o1"}, inputs{requested(), fired("overdue")}, ended("o1"), []string{"OrderSettled"}},
		{"too late to be overdue", []string{"o1"}, inputs{requested(), ended("o1")}, fired("overdue"), nil},
		{"the key is gone", nil, inputs{requested()}, answered(destroy, false), []string{"KeyDestroyed", "set forgotten 10s"}},
		{"it is not", nil, inputs{requested()}, answered(destroy, true), nil},
		{"nobody remembers it", nil, inputs{requested(), answered(destroy, false)}, fired("forgotten"), []string{"KeyForgotten", "confirm ada"}},
		{"it is done", nil, inputs{requested(), answered(destroy, false), fired("forgotten")}, answered(confirm, false), []string{"ErasureEnded"}},
		{
			"an order slips in at the end", nil,
			inputs{requested(), answered(destroy, false), fired("forgotten"), answered(confirm, false)},
			placed("o9"),
			[]string{"OrderFound", "cancel o9"},
		},
		{"an order of somebody who stays", nil, nil, placed("o1"), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var e erasure.Erasure
			open := func(customer string) []string {
				require.Equal(t, ada, customer)
				return c.open
			}
			for _, in := range c.given {
				event := policy.Decide(e, in, open)
				require.NotNil(t, event)
				var err error
				e, err = erasure.Evolve(e, event)
				require.NoError(t, err)
			}
			require.Equal(t, c.then, told(policy.Decide(e, c.when, open)))
		})
	}
}
