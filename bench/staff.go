package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"tiffin/bench/system"
)

// staff are all kitchens and couriers of a city. They see what is to be done as people do, in their BFFs' live streams, and do
// it at once. Whatever is refused ends them.
type staff struct {
	*city
	group *errgroup.Group
	leave func() error
	// gone is closed when they have left, or one of them has failed.
	gone <-chan struct{}

	mu     sync.Mutex
	orders map[string]*underway
}

// underway is an order between its people.
type underway struct {
	cooking          sync.Once
	ready, delivered chan struct{}
}

var (
	nothing = []byte("{}")
	soon    = []byte(`{"ready_in":"600s"}`)
	middle  = []byte(`{"latitude":52.5297,"longitude":13.4012}`)
)

const (
	kitchenAPI = "/api/restaurant/v1"
	courierAPI = "/api/courier/v1"
)

// hire lets everybody begin to work, until they are told to leave.
func (c *city) hire(ctx context.Context) (*staff, error) {
	kitchens, err1 := c.People(ctx, "restaurant")
	riders, err2 := c.People(ctx, "courier")
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	working, home := context.WithCancel(ctx)
	s := &staff{city: c, orders: map[string]*underway{}}
	s.group, working = errgroup.WithContext(working)
	s.gone = working.Done()
	s.leave = func() error {
		home()
		if err := s.group.Wait(); !errors.Is(err, context.Canceled) {
			return err
		}
		return nil
	}
	for _, k := range kitchens {
		s.group.Go(func() error { return s.cook(working, k) })
	}
	for _, r := range riders {
		if err := s.begin(ctx, r); err != nil {
			return nil, errors.Join(err, s.leave())
		}
		s.group.Go(func() error { return s.ride(working, r) })
	}
	return s, nil
}

func (s *staff) begin(ctx context.Context, courier system.Person) error {
	if err := s.Locate(ctx, courier, middle); err != nil {
		return err
	}
	return s.Command(ctx, courier, courierAPI+"/couriers/"+courier.CourierID+":startShift", nothing)
}

// of is the order, which its people hear of in any order.
func (s *staff) of(id string) *underway {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.orders[id] == nil {
		s.orders[id] = &underway{ready: make(chan struct{}), delivered: make(chan struct{})}
	}
	return s.orders[id]
}

// carry places an order, and returns when its customer is shown that it is completed.
func (s *staff) carry(ctx context.Context, n int) error {
	o, err := s.order(ctx, n)
	if err != nil {
		return err
	}
	select {
	case <-s.of(o.ID).delivered:
	case <-s.gone:
		return errors.New("the staff has left")
	case <-ctx.Done():
		return ctx.Err()
	}
	return s.WatchOrder(ctx, o, func(document []byte) (bool, error) {
		var now struct{ Status string }
		if err := json.Unmarshal(document, &now); err != nil {
			return false, err
		}
		if now.Status == "REJECTED" || now.Status == "CANCELLED" {
			return false, fmt.Errorf("order %s is %s", o.ID, now.Status)
		}
		return now.Status != "COMPLETED", nil
	})
}

// cook cooks every ticket of a restaurant's.
func (s *staff) cook(ctx context.Context, by system.Person) error {
	return s.Watch(ctx, by, kitchenAPI+"/restaurants/"+by.RestaurantID+"/tickets:watch", func(document []byte) (bool, error) {
		var board struct {
			Tickets []struct {
				ID     string `json:"ticket_id"`
				Status string
			}
		}
		if err := json.Unmarshal(document, &board); err != nil {
			return false, err
		}
		for _, t := range board.Tickets {
			if t.Status == "OPENED" {
				o := s.of(t.ID)
				o.cooking.Do(func() { s.group.Go(func() error { return s.make(ctx, by, t.ID, o) }) })
			}
		}
		return true, nil
	})
}

func (s *staff) make(ctx context.Context, by system.Person, id string, o *underway) error {
	ticket := kitchenAPI + "/tickets/" + id
	if err := s.Command(ctx, by, ticket+":accept", soon); err != nil {
		return err
	}
	if err := s.Command(ctx, by, ticket+":start", nothing); err != nil {
		return err
	}
	if err := s.Command(ctx, by, ticket+":ready", nothing); err != nil {
		return err
	}
	close(o.ready)
	return nil
}

// ride brings one delivery after the other. A courier looks up again when one is done with: what was shown meanwhile is old.
func (s *staff) ride(ctx context.Context, by system.Person) error {
	accepted, brought := "", ""
	return s.Watch(ctx, by, courierAPI+"/couriers/"+by.CourierID+":watch", func(document []byte) (bool, error) {
		var now struct {
			Offer struct {
				ID         string `json:"offer_id"`
				DeliveryID string `json:"delivery_id"`
			}
			Delivery struct {
				ID    string `json:"delivery_id"`
				State string
			}
		}
		if err := json.Unmarshal(document, &now); err != nil {
			return false, err
		}
		switch {
		case now.Delivery.State == "ASSIGNED" && now.Delivery.ID != brought:
			brought = now.Delivery.ID
			return true, s.bring(ctx, by, brought)
		case now.Offer.ID != "" && now.Offer.ID != accepted:
			accepted = now.Offer.ID
			return true, s.Command(ctx, by, courierAPI+"/deliveries/"+now.Offer.DeliveryID+":accept", []byte(`{"offer_id":"`+accepted+`"}`))
		}
		return true, nil
	})
}

func (s *staff) bring(ctx context.Context, by system.Person, id string) error {
	o, delivery := s.of(id), courierAPI+"/deliveries/"+id
	if err := await(ctx, o.ready); err != nil {
		return err
	}
	if err := s.Command(ctx, by, delivery+":pickUp", nothing); err != nil {
		return err
	}
	if err := s.Command(ctx, by, delivery+":deliver", nothing); err != nil {
		return err
	}
	close(o.delivered)
	return nil
}

func await(ctx context.Context, what <-chan struct{}) error {
	select {
	case <-what:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
