package courier_test

import (
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/scenario"
	"tiffin/services/courier"
)

type (
	event     = courierv1.CourierEvent
	events    = []*event
	scenarios = []scenario.Scenario[courier.Courier, *event]
	when      = func(courier.Courier) (*event, error)
)

func run(t *testing.T, s scenarios) {
	t.Helper()
	scenario.Run(t, courier.Evolve, s)
}

const (
	first, second = "01J00000000000000000000001", "01J00000000000000000000002"
	order, other  = "01J00000000000000000000003", "01J00000000000000000000004"
)

var (
	noon       = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	expires    = noon.Add(30 * time.Second)
	registered = &event{Event: &courierv1.CourierEvent_CourierRegistered{CourierRegistered: &courierv1.CourierRegistered{
		Name: &typev1.Personal{PersonId: first, Data: &typev1.PersonalData{Text: "Kim"}}, Vehicle: courierv1.Vehicle_VEHICLE_BICYCLE,
	}}}
	onShift   = &event{Event: &courierv1.CourierEvent_ShiftStarted{ShiftStarted: &courierv1.ShiftStarted{}}}
	offShift  = &event{Event: &courierv1.CourierEvent_ShiftEnded{ShiftEnded: &courierv1.ShiftEnded{}}}
	leaving   = &event{Event: &courierv1.CourierEvent_ShiftEnded{ShiftEnded: &courierv1.ShiftEnded{OfferId: first, DeliveryId: order}}}
	accepted  = &event{Event: &courierv1.CourierEvent_OfferAccepted{OfferAccepted: &courierv1.OfferAccepted{OfferId: first, DeliveryId: order}}}
	declined  = &event{Event: &courierv1.CourierEvent_OfferDeclined{OfferDeclined: &courierv1.OfferDeclined{OfferId: first, DeliveryId: order, Reason: "Too far"}}}
	expired   = &event{Event: &courierv1.CourierEvent_OfferExpired{OfferExpired: &courierv1.OfferExpired{OfferId: first, DeliveryId: order}}}
	withdrawn = &event{Event: &courierv1.CourierEvent_OfferWithdrawn{OfferWithdrawn: &courierv1.OfferWithdrawn{OfferId: first, DeliveryId: order}}}
	finished  = &event{Event: &courierv1.CourierEvent_DeliveryFinished{DeliveryFinished: &courierv1.DeliveryFinished{
		DeliveryId: order, Outcome: courierv1.DeliveryOutcome_DELIVERY_OUTCOME_DELIVERED,
	}}}
)

func offered(offerID, deliveryID string) *event {
	return &event{Event: &courierv1.CourierEvent_DeliveryOffered{DeliveryOffered: &courierv1.DeliveryOffered{
		OfferId: offerID, DeliveryId: deliveryID, ExpiresAt: timestamppb.New(expires),
	}}}
}

func TestEveryEventEvolves(t *testing.T) { scenario.RequireEveryEvent(t, courier.Evolve) }

func TestRegister(t *testing.T) {
	register := func(c courier.Courier) (*event, error) {
		return c.Register(&courierv1.RegisterCourierRequest{CourierId: first, Name: "Kim", Vehicle: courierv1.Vehicle_VEHICLE_BICYCLE})
	}
	run(t, scenarios{
		{Name: "nobody yet", When: register, Then: registered, Once: true},
		{Name: "registered", Given: events{registered}, When: register, Refused: "COURIER_EXISTS"},
	})
}

func TestShift(t *testing.T) {
	start := func(c courier.Courier) (*event, error) { return c.StartShift(&courierv1.StartShiftRequest{}) }
	end := func(c courier.Courier) (*event, error) { return c.EndShift(&courierv1.EndShiftRequest{}) }
	accept := func(c courier.Courier) (*event, error) {
		return c.Accept(&courierv1.AcceptOfferRequest{OfferId: first}, noon)
	}
	run(t, scenarios{
		{Name: "start", Given: events{registered}, When: start, Then: onShift},
		{Name: "start again", Given: events{registered, onShift}, When: start},
		{Name: "start nobody's", When: start, Refused: "COURIER_NOT_FOUND"},
		{Name: "end", Given: events{registered, onShift}, When: end, Then: offShift},
		{Name: "end again", Given: events{registered, onShift, offShift}, When: end},
		{Name: "end with an open offer", Given: events{registered, onShift, offered(first, order)}, When: end, Then: leaving},
		{Name: "end with an offer that is closed", Given: events{registered, onShift, offered(first, order), expired}, When: end, Then: offShift},
		{Name: "the offer is declined by that", Given: events{registered, onShift, offered(first, order), leaving}, When: accept, Refused: "OFFER_NOT_OPEN", Meta: map[string]string{"status": "declined"}},
		{Name: "end with a delivery", Given: events{registered, onShift, offered(first, order), accepted}, When: end, Refused: "COURIER_BUSY", Meta: map[string]string{"delivery_id": order}},
		{Name: "end after the delivery", Given: events{registered, onShift, offered(first, order), accepted, finished}, When: end, Then: offShift},
		{Name: "end nobody's", When: end, Refused: "COURIER_NOT_FOUND"},
	})
}

func TestOfferDelivery(t *testing.T) {
	at := func(offerID, deliveryID string, now time.Time) when {
		return func(c courier.Courier) (*event, error) {
			return c.OfferDelivery(&courierv1.OfferDeliveryRequest{OfferId: offerID, DeliveryId: deliveryID, ExpiresAt: timestamppb.New(expires)}, now)
		}
	}
	free := events{registered, onShift}
	run(t, scenarios{
		{Name: "free", Given: free, When: at(first, order, noon), Then: offered(first, order)},
		{Name: "the same", Given: events{registered, onShift, offered(first, order)}, When: at(first, order, noon)},
		{Name: "the same after its end", Given: events{registered, onShift, offered(first, order), declined}, When: at(first, order, noon), Refused: "OFFER_NOT_OPEN"},
		{Name: "the delivery again", Given: events{registered, onShift, offered(first, order), declined}, When: at(second, order, noon), Then: offered(second, order)},
		{Name: "another is open", Given: events{registered, onShift, offered(first, order)}, When: at(second, other, noon), Refused: "OFFER_PENDING", Meta: map[string]string{"offer_id": first}},
		{Name: "holds one", Given: events{registered, onShift, offered(first, order), accepted}, When: at(second, other, noon), Refused: "COURIER_BUSY"},
		{Name: "held one", Given: events{registered, onShift, offered(first, order), accepted, finished}, When: at(second, other, noon), Then: offered(second, other)},
		{Name: "off shift", Given: events{registered}, When: at(first, order, noon), Refused: "NOT_ON_SHIFT"},
		{Name: "too late", Given: free, When: at(first, order, expires), Refused: "OFFER_EXPIRED"},
		{Name: "nobody", When: at(first, order, noon), Refused: "COURIER_NOT_FOUND"},
	})
}

func TestAnswer(t *testing.T) {
	accept := func(now time.Time) when {
		return func(c courier.Courier) (*event, error) {
			return c.Accept(&courierv1.AcceptOfferRequest{OfferId: first}, now)
		}
	}
	decline := func(c courier.Courier) (*event, error) {
		return c.Decline(&courierv1.DeclineOfferRequest{OfferId: first, Reason: "Too far"})
	}
	open := events{registered, onShift, offered(first, order)}
	run(t, scenarios{
		{Name: "accept", Given: open, When: accept(expires.Add(-1)), Then: accepted},
		{Name: "accept again, late", Given: append(open[:3:3], accepted), When: accept(expires)},
		{Name: "accept too late", Given: open, When: accept(expires), Refused: "OFFER_EXPIRED"},
		{Name: "accept what is withdrawn", Given: append(open[:3:3], withdrawn), When: accept(noon), Refused: "OFFER_NOT_OPEN"},
		{Name: "accept another", Given: events{registered, onShift, offered(second, other)}, When: accept(noon), Refused: "OFFER_NOT_OPEN"},
		{Name: "accept as nobody", When: accept(noon), Refused: "COURIER_NOT_FOUND"},
		{Name: "decline", Given: open, When: decline, Then: declined},
		{Name: "decline again", Given: append(open[:3:3], declined), When: decline},
		{Name: "decline what is accepted", Given: append(open[:3:3], accepted), When: decline, Refused: "OFFER_NOT_OPEN"},
	})
}

func TestClose(t *testing.T) {
	expire := func(c courier.Courier) (*event, error) {
		return c.Expire(&courierv1.ExpireOfferRequest{OfferId: first})
	}
	withdraw := func(c courier.Courier) (*event, error) {
		return c.Withdraw(&courierv1.WithdrawOfferRequest{OfferId: first})
	}
	open := events{registered, onShift, offered(first, order)}
	run(t, scenarios{
		{Name: "expire", Given: open, When: expire, Then: expired},
		{Name: "expire again", Given: append(open[:3:3], expired), When: expire},
		{Name: "expire what is accepted", Given: append(open[:3:3], accepted), When: expire, Refused: "OFFER_NOT_OPEN", Meta: map[string]string{"status": "accepted"}},
		{Name: "withdraw", Given: open, When: withdraw, Then: withdrawn},
		{Name: "withdraw again", Given: append(open[:3:3], withdrawn), When: withdraw},
		{Name: "withdraw what is accepted", Given: append(open[:3:3], accepted), When: withdraw, Refused: "OFFER_NOT_OPEN"},
		{Name: "withdraw from nobody", When: withdraw, Refused: "COURIER_NOT_FOUND"},
	})
}

func TestFinish(t *testing.T) {
	finish := func(id string, earned *typev1.Money) when {
		return func(c courier.Courier) (*event, error) {
			return c.Finish(&courierv1.FinishDeliveryRequest{DeliveryId: id, Outcome: courierv1.DeliveryOutcome_DELIVERY_OUTCOME_DELIVERED, Earned: earned})
		}
	}
	holds := events{registered, onShift, offered(first, order), accepted}
	run(t, scenarios{
		{Name: "held", Given: holds, When: finish(order, nil), Then: finished},
		{Name: "finished", Given: append(holds[:4:4], finished), When: finish(order, nil)},
		{Name: "another", Given: holds, When: finish(other, nil), Refused: "DELIVERY_NOT_HELD"},
		{Name: "none", Given: events{registered}, When: finish(order, nil), Refused: "DELIVERY_NOT_HELD"},
		{Name: "for less than nothing", Given: holds, When: finish(order, &typev1.Money{MinorUnits: -1}), Refused: "INVALID_ARGUMENT", Field: "earned.minor_units"},
		{Name: "nobody's", When: finish(order, nil), Refused: "COURIER_NOT_FOUND"},
	})
}
