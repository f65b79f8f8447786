package eventlog_test

import (
	"context"
	"crypto/cipher"
	"errors"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/oklog/ulid/v2"
	"google.golang.org/protobuf/proto"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/problem"
	"tiffin/platform/seal"
)

const ada = "01J0000000000000000000ADA0"

func placedByAda() *orderingv1.OrderEvent {
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{
		DeliveryAddress: &typev1.Personal{PersonId: ada, Data: &typev1.PersonalData{Text: "Torstr. 1"}},
	}}}
}

func TestAnErasureIsForgottenInMemoryToo(t *testing.T) {
	keys := seal.Memory()
	log := eventlogtest.Log(t, func(o *eventlog.Options) { o.Keys = keys })
	addresses := eventlog.NewAggregate(log, func(_ string, e *orderingv1.OrderEvent, _ eventlog.Meta) (string, error) {
		return e.GetOrderPlaced().GetDeliveryAddress().GetData().GetText(), nil
	})
	id := ulid.Make().String()
	known := func() (address string) {
		_, err := addresses.Execute(t.Context(), id, func(s string) (*orderingv1.OrderEvent, error) {
			address = s
			return nil, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return address
	}
	if _, err := addresses.Create(t.Context(), id, func(string) (*orderingv1.OrderEvent, error) { return placedByAda(), nil }); err != nil {
		t.Fatal(err)
	}
	if got := known(); got != "Torstr. 1" {
		t.Fatalf("before the erasure it says %q", got)
	}
	if err := keys.Destroy(t.Context(), ada); err != nil {
		t.Fatal(err)
	}
	if got := known(); got != "" {
		t.Fatalf("after the erasure it still says %q", got)
	}
	_, err := addresses.Create(t.Context(), ulid.Make().String(), func(string) (*orderingv1.OrderEvent, error) { return placedByAda(), nil })
	if p := problem.From(err); p == nil || p.Kind != problem.Refused || p.Code != "PERSON_ERASED" {
		t.Fatalf("keeping more of them: %v", err)
	}
}

// away are keys that can't be asked.
type away struct{ seal.Keys }

func (away) Key(context.Context, string) (cipher.AEAD, error) { return nil, nats.ErrNoResponders }

func TestACommandThatCannotBeSealedIsToBeRepeated(t *testing.T) {
	log := eventlogtest.Log(t, func(o *eventlog.Options) { o.Keys = away{seal.Memory()} })
	orders := eventlog.NewAggregate(log, func(n int, _ *orderingv1.OrderEvent, _ eventlog.Meta) (int, error) { return n + 1, nil })
	_, err := orders.Create(t.Context(), ulid.Make().String(), func(int) (*orderingv1.OrderEvent, error) { return placedByAda(), nil })
	if p := problem.From(err); p == nil || p.Kind != problem.Unavailable || p.Code != "KEYS_UNAVAILABLE" {
		t.Fatalf("it says %v", err)
	}
}

func TestHowMuchAFollowerSeesOfWhatIsPersonal(t *testing.T) {
	log := eventlogtest.Log(t)
	addresses := eventlog.NewAggregate(log, func(n int, _ *orderingv1.OrderEvent, _ eventlog.Meta) (int, error) { return n + 1, nil })
	if _, err := addresses.Create(t.Context(), ulid.Make().String(), func(int) (*orderingv1.OrderEvent, error) { return placedByAda(), nil }); err != nil {
		t.Fatal(err)
	}
	for personal, want := range map[eventlog.Personal]struct{ open, sealed bool }{
		eventlog.Opened: {open: true}, eventlog.OpenedBeside: {open: true, sealed: true}, eventlog.Closed: {sealed: true},
	} {
		seen := errors.New("seen")
		err := log.Follow(t.Context(), eventlog.FollowOptions{Domains: []proto.Message{&orderingv1.OrderEvent{}}, Personal: personal},
			func(_ context.Context, b eventlog.Batch) error {
				e, _ := b.Events[0].Data.(*orderingv1.OrderEvent)
				address := e.GetOrderPlaced().GetDeliveryAddress()
				if open := address.GetData().GetText() == "Torstr. 1"; open != want.open {
					t.Errorf("%v: open: %v", personal, open)
				}
				if sealed := len(address.GetSealed()) > 0; sealed != want.sealed {
					t.Errorf("%v: sealed: %v", personal, sealed)
				}
				return seen
			})
		if !errors.Is(err, seen) {
			t.Fatal(err)
		}
	}
}
