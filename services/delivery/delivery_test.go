package delivery_test

import (
	"testing"

	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/scenario"
	"tiffin/services/delivery"
)

type (
	event     = deliveryv1.DeliveryEvent
	events    = []*event
	scenarios = []scenario.Scenario[delivery.Delivery, *event]
	when      = func(delivery.Delivery) (*event, error)
)

func run(t *testing.T, s scenarios) {
	t.Helper()
	scenario.Run(t, delivery.Evolve, s)
}

const (
	ada = "01J0000000000000000000ADA0"
	kim = "01J0000000000000000000K1M0"
	lou = "01J0000000000000000000R0Y0"
)

var (
	requested = &event{Event: &deliveryv1.DeliveryEvent_DeliveryRequested{DeliveryRequested: &deliveryv1.DeliveryRequested{
		CustomerId: ada, DropOff: &typev1.Personal{PersonId: ada},
	}}}
	assigned  = &event{Event: &deliveryv1.DeliveryEvent_DeliveryAssigned{DeliveryAssigned: &deliveryv1.DeliveryAssigned{CourierId: kim}}}
	pickedUp  = &event{Event: &deliveryv1.DeliveryEvent_DeliveryPickedUp{DeliveryPickedUp: &deliveryv1.DeliveryPickedUp{CourierId: kim}}}
	delivered = &event{Event: &deliveryv1.DeliveryEvent_DeliveryDelivered{DeliveryDelivered: &deliveryv1.DeliveryDelivered{CourierId: kim}}}
	released  = &event{Event: &deliveryv1.DeliveryEvent_DeliveryReleased{DeliveryReleased: &deliveryv1.DeliveryReleased{
		CourierId: kim, ReasonCode: "PUNCTURE", Reason: "A flat tyre",
	}}}
)

func failed(courier string, pickedUp bool) *event {
	return &event{Event: &deliveryv1.DeliveryEvent_DeliveryFailed{DeliveryFailed: &deliveryv1.DeliveryFailed{
		CourierId: courier, ReasonCode: "NOBODY_THERE", Reason: "Nobody opens", PickedUp: pickedUp,
	}}}
}

func cancelled(courier string) *event {
	return &event{Event: &deliveryv1.DeliveryEvent_DeliveryCancelled{DeliveryCancelled: &deliveryv1.DeliveryCancelled{CourierId: courier, Reason: "Cancelled"}}}
}

func TestEveryEventEvolves(t *testing.T) { scenario.RequireEveryEvent(t, delivery.Evolve) }

func TestRequest(t *testing.T) {
	request := func(person string, payout int64) when {
		return func(d delivery.Delivery) (*event, error) {
			return d.Request(&deliveryv1.RequestDeliveryRequest{
				CustomerId: ada, DropOff: &typev1.Personal{PersonId: person}, Payout: &typev1.Money{CurrencyCode: "EUR", MinorUnits: payout},
			})
		}
	}
	run(t, scenarios{
		{Name: "nothing yet", When: request(ada, 300), Once: true, Then: &event{Event: &deliveryv1.DeliveryEvent_DeliveryRequested{
			DeliveryRequested: &deliveryv1.DeliveryRequested{
				CustomerId: ada, DropOff: &typev1.Personal{PersonId: ada}, Payout: &typev1.Money{CurrencyCode: "EUR", MinorUnits: 300},
			},
		}}},
		{Name: "requested", Given: events{requested}, When: request(ada, 300), Refused: "DELIVERY_EXISTS"},
		{Name: "another's address", When: request(kim, 300), Refused: "INVALID_ARGUMENT", Field: "drop_off.person_id"},
		{Name: "for less than nothing", When: request(ada, -1), Refused: "INVALID_ARGUMENT", Field: "payout.minor_units"},
	})
}

func TestAssign(t *testing.T) {
	assign := func(courier string) when {
		return func(d delivery.Delivery) (*event, error) {
			return d.Assign(&deliveryv1.AssignDeliveryRequest{CourierId: courier})
		}
	}
	run(t, scenarios{
		{Name: "requested", Given: events{requested}, When: assign(kim), Then: assigned},
		{Name: "given back", Given: events{requested, assigned, released}, When: assign(kim), Then: assigned},
		{Name: "assigned", Given: events{requested, assigned}, When: assign(kim)},
		{Name: "assigned to another", Given: events{requested, assigned}, When: assign(lou), Refused: "DELIVERY_NOT_OPEN", Meta: map[string]string{"status": "assigned"}},
		{Name: "cancelled", Given: events{requested, cancelled("")}, When: assign(kim), Refused: "DELIVERY_NOT_OPEN"},
		{Name: "never requested", When: assign(kim), Refused: "DELIVERY_NOT_FOUND"},
	})
}

func TestRelease(t *testing.T) {
	release := func(courier string) when {
		return func(d delivery.Delivery) (*event, error) {
			return d.Release(&deliveryv1.ReleaseDeliveryRequest{CourierId: courier, ReasonCode: "PUNCTURE", Reason: "A flat tyre"})
		}
	}
	run(t, scenarios{
		{Name: "assigned", Given: events{requested, assigned}, When: release(kim), Then: released},
		{Name: "given back", Given: events{requested, assigned, released}, When: release(kim)},
		{Name: "assigned to another", Given: events{requested, assigned}, When: release(lou), Refused: "DELIVERY_NOT_ASSIGNED"},
		{Name: "assigned to nobody", Given: events{requested}, When: release(kim), Refused: "DELIVERY_NOT_ASSIGNED"},
		{Name: "picked up", Given: events{requested, assigned, pickedUp}, When: release(kim), Refused: "DELIVERY_NOT_OPEN"},
		{Name: "never requested", When: release(kim), Refused: "DELIVERY_NOT_FOUND"},
	})
}

func TestPickUpAndDeliver(t *testing.T) {
	pickUp := func(courier string) when {
		return func(d delivery.Delivery) (*event, error) {
			return d.PickUp(&deliveryv1.PickUpDeliveryRequest{CourierId: courier})
		}
	}
	deliver := func(courier string) when {
		return func(d delivery.Delivery) (*event, error) {
			return d.Deliver(&deliveryv1.DeliverDeliveryRequest{CourierId: courier})
		}
	}
	run(t, scenarios{
		{Name: "pick up", Given: events{requested, assigned}, When: pickUp(kim), Then: pickedUp},
		{Name: "pick up again", Given: events{requested, assigned, pickedUp}, When: pickUp(kim)},
		{Name: "pick up another's", Given: events{requested, assigned}, When: pickUp(lou), Refused: "DELIVERY_NOT_ASSIGNED"},
		{Name: "pick up what was given back", Given: events{requested, assigned, released}, When: pickUp(kim), Refused: "DELIVERY_NOT_ASSIGNED"},
		{Name: "pick up what was called off", Given: events{requested, assigned, cancelled(kim)}, When: pickUp(kim), Refused: "DELIVERY_NOT_OPEN"},
		{Name: "deliver", Given: events{requested, assigned, pickedUp}, When: deliver(kim), Then: delivered},
		{Name: "deliver again", Given: events{requested, assigned, pickedUp, delivered}, When: deliver(kim)},
		{Name: "deliver another's", Given: events{requested, assigned, pickedUp}, When: deliver(lou), Refused: "DELIVERY_NOT_ASSIGNED"},
		{Name: "deliver what was not picked up", Given: events{requested, assigned}, When: deliver(kim), Refused: "DELIVERY_NOT_OPEN"},
		{Name: "deliver nothing", When: deliver(kim), Refused: "DELIVERY_NOT_FOUND"},
	})
}

func TestFailAndCancel(t *testing.T) {
	c := &deliveryv1.FailDeliveryRequest{ReasonCode: "NOBODY_THERE", Reason: "Nobody opens"}
	fail := func(d delivery.Delivery) (*event, error) { return d.Fail(c) }
	byCourier := func(d delivery.Delivery) (*event, error) { return d.FailByCourier(c) }
	cancel := func(d delivery.Delivery) (*event, error) {
		return d.Cancel(&deliveryv1.CancelDeliveryRequest{Reason: "Cancelled"})
	}
	run(t, scenarios{
		{Name: "nobody found", Given: events{requested}, When: fail, Then: failed("", false)},
		{Name: "assigned", Given: events{requested, assigned}, When: fail, Then: failed(kim, false)},
		{Name: "picked up", Given: events{requested, assigned, pickedUp}, When: fail, Then: failed(kim, true)},
		{Name: "failed", Given: events{requested, failed("", false)}, When: fail},
		{Name: "delivered", Given: events{requested, assigned, pickedUp, delivered}, When: fail, Refused: "DELIVERY_NOT_OPEN"},
		{Name: "never requested", When: fail, Refused: "DELIVERY_NOT_FOUND"},
		{Name: "by the courier", Given: events{requested, assigned, pickedUp}, When: byCourier, Then: failed(kim, true)},
		{Name: "by the courier before the pick-up", Given: events{requested, assigned}, When: byCourier, Refused: "DELIVERY_NOT_OPEN"},
		{Name: "cancel what nobody has", Given: events{requested}, When: cancel, Then: cancelled("")},
		{Name: "cancel what is assigned", Given: events{requested, assigned}, When: cancel, Then: cancelled(kim)},
		{Name: "cancel again", Given: events{requested, cancelled("")}, When: cancel},
		{Name: "cancel what is picked up", Given: events{requested, assigned, pickedUp}, When: cancel, Refused: "DELIVERY_NOT_OPEN"},
		{Name: "cancel nothing", When: cancel, Refused: "DELIVERY_NOT_FOUND"},
	})
}
