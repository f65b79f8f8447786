package gateway

import (
	"strings"
	"testing"

	"buf.build/go/protovalidate"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/reflect/protoreflect"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/eventlog"
)

const order = "01J000000000000000000RDER0"

func TestWhatAWebhookSays(t *testing.T) {
	of := func(operation string) string { return `{"type":"operation.updated","operation":` + operation + `}` }
	for name, c := range map[string]struct {
		body string
		// succeeded or code: what it says; neither: nothing; wrong: it can't be read.
		succeeded bool
		code      string
		wrong     bool
	}{
		"succeeded":        {body: of(`{"id":"` + order + `-authorize-1","payment":"pay_1","status":"succeeded"}`), succeeded: true},
		"refused":          {body: of(`{"id":"` + order + `-authorize-1","status":"refused","reason_code":"CARD_DECLINED"}`), code: "CARD_DECLINED"},
		"an unusual code":  {body: of(`{"id":"` + order + `-authorize-1","status":"refused","reason_code":"no!"}`), code: otherReason},
		"a long reason":    {body: of(`{"id":"` + order + `-void-1","status":"refused","reason":"` + strings.Repeat("ü", 400) + `"}`), code: otherReason},
		"pending":          {body: of(`{"id":"` + order + `-authorize-1","status":"pending"}`)},
		"something else":   {body: `{"type":"payout.made"}`},
		"another status":   {body: of(`{"id":"` + order + `-authorize-1","status":"lost"}`), wrong: true},
		"another's":        {body: of(`{"id":"1-authorize-1","status":"succeeded"}`), wrong: true},
		"a huge reference": {body: of(`{"id":"` + order + `-void-1","payment":"` + strings.Repeat("1", 201) + `","status":"succeeded"}`), wrong: true},
		"no JSON":          {body: `{`, wrong: true},
	} {
		t.Run(name, func(t *testing.T) {
			said, _, err := parse([]byte(c.body))
			if c.wrong {
				require.Error(t, err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, c.succeeded, said.GetSucceeded() != nil)
			require.Equal(t, c.code, said.GetRefused().GetReasonCode())
			if said != nil {
				require.Equal(t, order, said.GetPaymentId())
				require.NoError(t, protovalidate.Validate(said), "what is sent must be taken")
			}
		})
	}
}

func TestWhatAWebhookIsAbout(t *testing.T) {
	for body, want := range map[string]string{
		`{"type":"operation.updated","operation":{"id":"` + order + `-authorize-1","status":"lost"}}`: order,
		`{"type":"operation.updated","operation":{"id":"` + order + `-authorize-1","status":7}}`:      order,
		`{"operation":{"id":"` + order + `-void-1"},"type":"operation.renamed"}`:                      order,
		`{"type":"operation.updated","operation":{"id":"1-authorize-1","status":"succeeded"}}`:        "",
		`{`: "",
	} {
		_, about, _ := parse([]byte(body))
		require.Equal(t, want, about, body)
	}
}

// Whatever a webhook holds: no panic, and nothing for the payment service but what it can judge.
func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"type":"operation.updated","operation":{"id":"` + order + `-authorize-1","payment":"pay_1","status":"succeeded"}}`))
	f.Add([]byte(`{"type":"operation.updated","operation":{"id":"` + order + `-void-2","status":"refused","reason_code":"X","reason":"y"}}`))
	f.Add([]byte(`{"type":1}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		said, _, err := parse(body)
		if err != nil || said == nil {
			return
		}
		if said.GetSucceeded() == nil && said.GetRefused() == nil || len(said.GetPaymentId()) != len(order) {
			t.Fatalf("%v", said)
		}
	})
}

// Every event of the oneof opens or closes something, but for the void that waits: a new one fails here until it is routed.
func TestEveryEventIsRouted(t *testing.T) {
	fields := (&paymentv1.PaymentEvent{}).ProtoReflect().Descriptor().Oneofs().ByName("event").Fields()
	for i := range fields.Len() {
		event := &paymentv1.PaymentEvent{}
		inner := event.ProtoReflect().NewField(fields.Get(i))
		inner.Message().Set(inner.Message().Descriptor().Fields().ByName("operation_id"), protoreflect.ValueOfString("x"))
		event.ProtoReflect().Set(fields.Get(i), inner)
		c := route(eventlog.Event{Data: event, AggregateID: order})
		if c.Opens == "" && len(c.Closes) == 0 {
			t.Errorf("%s opens and closes nothing", fields.Get(i).Name())
		}
	}
	waits := &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_VoidRequested{VoidRequested: &paymentv1.VoidRequested{
		OperationId: "x", AwaitsOperationId: "y",
	}}}
	require.Empty(t, route(eventlog.Event{Data: waits}).Opens)
}
