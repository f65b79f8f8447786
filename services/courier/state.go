package courier

import (
	"fmt"
	"time"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	"tiffin/platform/problem"
)

// Courier is what their events say about one courier. The zero value is one who was never registered.
type Courier struct {
	Registered, OnShift bool
	// Offer is the last one, open or not.
	Offer Offer
	// Holds is the delivery that is held, Finished the one that was held last; empty: none.
	Holds, Finished string
}

// Offer is a delivery that a courier may take on.
type Offer struct {
	ID, DeliveryID string
	ExpiresAt      time.Time
	Status         OfferStatus
}

// OfferStatus is what became of an offer.
type OfferStatus string

// The statuses of an offer. The zero value: there was none.
const (
	Open      OfferStatus = "open"
	Accepted  OfferStatus = "accepted"
	Declined  OfferStatus = "declined"
	Expired   OfferStatus = "expired"
	Withdrawn OfferStatus = "withdrawn"
)

// Evolve returns the courier after the event. An event that it does not know is an error.
func Evolve(c Courier, e *courierv1.CourierEvent) (Courier, error) {
	switch e := e.GetEvent().(type) {
	case *courierv1.CourierEvent_CourierRegistered:
		return Courier{Registered: true}, nil
	case *courierv1.CourierEvent_ShiftStarted:
		c.OnShift = true
	case *courierv1.CourierEvent_ShiftEnded:
		c.OnShift = false
		if c.Offer.Status == Open {
			c.Offer.Status = Declined
		}
	case *courierv1.CourierEvent_DeliveryOffered:
		v := e.DeliveryOffered
		c.Offer = Offer{ID: v.GetOfferId(), DeliveryID: v.GetDeliveryId(), ExpiresAt: v.GetExpiresAt().AsTime(), Status: Open}
	case *courierv1.CourierEvent_OfferAccepted:
		c.Offer.Status, c.Holds = Accepted, e.OfferAccepted.GetDeliveryId()
	case *courierv1.CourierEvent_OfferDeclined:
		c.Offer.Status = Declined
	case *courierv1.CourierEvent_OfferExpired:
		c.Offer.Status = Expired
	case *courierv1.CourierEvent_OfferWithdrawn:
		c.Offer.Status = Withdrawn
	case *courierv1.CourierEvent_DeliveryFinished:
		c.Holds, c.Finished = "", e.DeliveryFinished.GetDeliveryId()
	default:
		return c, fmt.Errorf("courier: unknown event %T", e)
	}
	return c, nil
}

// known refuses commands on a courier who was never registered.
func (c Courier) known() error {
	if !c.Registered {
		return problem.Missing("COURIER_NOT_FOUND", "there is no such courier")
	}
	return nil
}

// closes reports whether the offer of that id is to be closed: refused where it is not open, and a repeat is neither.
func (c Courier) closes(offerID string, as OfferStatus) (bool, error) {
	if err := c.known(); err != nil {
		return false, err
	}
	switch {
	case c.Offer.ID != offerID:
		return false, problem.Refuse("OFFER_NOT_OPEN", "this offer isn't open any more")
	case c.Offer.Status == as:
		return false, nil
	case c.Offer.Status != Open:
		return false, problem.Refuse("OFFER_NOT_OPEN", "this offer isn't open any more: it is %s", c.Offer.Status).
			With("status", string(c.Offer.Status))
	}
	return true, nil
}

func (c Courier) busy() error {
	return problem.Refuse("COURIER_BUSY", "this courier holds a delivery").With("delivery_id", c.Holds)
}
