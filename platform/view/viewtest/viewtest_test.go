package viewtest_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/seal"
	"tiffin/platform/view"
	"tiffin/platform/view/viewtest"
)

func TestGapsNamesForgottenAndContradictedEvents(t *testing.T) {
	spec := view.Spec[struct{}]{
		Reads: []proto.Message{&orderingv1.OrderEvent{}},
		Route: func(e view.Event) []string {
			switch e.Data.(*orderingv1.OrderEvent).Event.(type) {
			case *orderingv1.OrderEvent_OrderPlaced, *orderingv1.OrderEvent_OrderConfirmed, *orderingv1.OrderEvent_OrderRejected:
				return []string{e.AggregateID}
			}
			return nil
		},
		Apply: func(_ *struct{}, e view.Event) view.Verdict {
			if e.Data.(*orderingv1.OrderEvent).GetOrderRejected() != nil {
				panic("no")
			}
			return view.Keep
		},
		Ignores: []proto.Message{&orderingv1.OrderConfirmed{}, &orderingv1.OrderCompleted{}, &orderingv1.OrderLine{}},
	}
	require.ElementsMatch(t, []string{
		"tiffin.ordering.v1.OrderConfirmed is routed, although it is listed as ignored",
		"tiffin.ordering.v1.OrderRejected makes the view panic",
		"ordering.OrderRejected as it was published makes the view panic",
		"tiffin.ordering.v1.OrderCancelled is neither routed nor listed as ignored",
		"tiffin.ordering.v1.OrderLine is listed as ignored, but is no event of a domain that the view reads",
	}, viewtest.Gaps(spec))
}

func TestGapsNamesWhatKeepsPersonalDataInTheOpen(t *testing.T) {
	type document struct {
		Address string   `bson:"address"`
		Box     seal.Box `bson:"box"`
	}
	spec := view.Spec[document]{
		Reads: []proto.Message{&orderingv1.OrderEvent{}},
		Route: func(e view.Event) []string {
			if e.Data.(*orderingv1.OrderEvent).GetOrderPlaced() == nil {
				return nil
			}
			return []string{e.AggregateID}
		},
		Ignores: []proto.Message{
			&orderingv1.OrderConfirmed{}, &orderingv1.OrderRejected{}, &orderingv1.OrderCancelled{}, &orderingv1.OrderCompleted{},
		},
	}
	spec.Apply = func(d *document, e view.Event) view.Verdict {
		d.Address = "To " + e.Data.(*orderingv1.OrderEvent).GetOrderPlaced().GetDeliveryAddress().GetData().GetText()
		return view.Keep
	}
	require.Equal(t, []string{"tiffin.ordering.v1.OrderPlaced leaves personal data in the open: keep a seal.Box of it"}, viewtest.Gaps(spec))
	spec.Apply = func(d *document, e view.Event) view.Verdict {
		d.Box = seal.BoxOf(e.Data.(*orderingv1.OrderEvent).GetOrderPlaced().GetDeliveryAddress())
		return view.Keep
	}
	require.Equal(t, []string{"tiffin.ordering.v1.OrderPlaced leaves a box that Personal does not name"}, viewtest.Gaps(spec))
	spec.Personal = func(d *document) []*seal.Box { return []*seal.Box{&d.Box} }
	require.Empty(t, viewtest.Gaps(spec))
}
