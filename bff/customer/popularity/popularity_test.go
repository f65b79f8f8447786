package popularity_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"tiffin/bff/customer/popularity"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/view"
)

const id = "01ARZ3NDEKTSV4RRFFQ69G5FAV"

func TestOrdersAreCountedUnlessTheyCameToNothing(t *testing.T) {
	placed := &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{RestaurantId: id}}}
	rejected := &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderRejected{OrderRejected: &orderingv1.OrderRejected{RestaurantId: id}}}
	cancelled := &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCancelled{OrderCancelled: &orderingv1.OrderCancelled{RestaurantId: id}}}
	confirmed := &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderConfirmed{OrderConfirmed: &orderingv1.OrderConfirmed{RestaurantId: id}}}
	var d popularity.Document
	for _, data := range []*orderingv1.OrderEvent{placed, placed, confirmed, rejected, placed, cancelled} {
		e := view.Event{Domain: "ordering", Data: data}
		for _, to := range popularity.Route(e) {
			require.Equal(t, id, to)
			require.Equal(t, view.Keep, popularity.Apply(&d, e))
		}
	}
	require.Equal(t, popularity.Document{RestaurantID: id, Orders: 1}, d)
}
