package server

import (
	"context"
	"fmt"

	"google.golang.org/protobuf/types/known/timestamppb"

	"tiffin/bff/courier/pickups"
	courierapi "tiffin/gen/tiffin/bff/courier/v1"
	"tiffin/platform/bff"
)

// promised adds what the kitchen has said since the delivery was offered.
func (s *Server) promised(ctx context.Context, d *courierapi.Delivery) error {
	if d == nil {
		return nil
	}
	food, _, found, err := s.PickUps.Get(ctx, d.GetDeliveryId())
	if err != nil {
		return fmt.Errorf("read what the kitchen says: %w", err)
	}
	if found {
		d.ReadyAt, d.FoodReady = timestamppb.New(food.ReadyAt), food.Ready
	}
	return nil
}

// following hears of the food of one delivery at a time: of the one that the courier holds.
type following struct {
	pickUps bff.View[pickups.Document]
	moved   chan struct{}
	id      string
	leave   func()
}

func newFollowing(pickUps bff.View[pickups.Document]) *following {
	return &following{pickUps: pickUps, moved: make(chan struct{}, 1), leave: func() {}}
}

// turn follows this delivery from here on, and no other; none, where the id is empty. It reports whether that one was not
// followed before. ctx is the stream's.
func (f *following) turn(ctx context.Context, deliveryID string) bool {
	if f.id == deliveryID {
		return false
	}
	f.leave()
	f.id, f.leave = deliveryID, func() {}
	if deliveryID == "" {
		return false
	}
	ctx, end := context.WithCancel(ctx)
	changes, cancel := f.pickUps.Watch(ctx, deliveryID)
	f.leave = func() {
		end()
		cancel()
	}
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-changes:
			}
			select {
			case f.moved <- struct{}{}:
			default: // there is one to read already
			}
		}
	}()
	return true
}
