package couriers

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"google.golang.org/protobuf/proto"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/location"
	"tiffin/services/dispatch"
)

// Couriers is safe for concurrent use.
type Couriers struct {
	log   *eventlog.Log
	where *location.Store

	mu sync.RWMutex
	// free are couriers on shift without a delivery or an open offer, and since when; at is where couriers were last.
	free     map[string]time.Time
	at       map[string]location.Position
	position uint64
	ready    chan struct{}
	once     sync.Once
}

// New returns couriers of whom nothing is known until Run.
func New(log *eventlog.Log, where *location.Store) *Couriers {
	return &Couriers{
		log: log, where: where, free: map[string]time.Time{}, at: map[string]location.Position{}, ready: make(chan struct{}),
	}
}

// Run follows the log and the couriers until ctx ends, whose error it returns.
func (c *Couriers) Run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		return c.log.Follow(ctx, eventlog.FollowOptions{After: c.position, Domains: []proto.Message{&courierv1.CourierEvent{}}}, c.apply)
	})
	g.Go(func() error {
		return c.where.Watch(ctx, func(p location.Position) {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.at[p.CourierID] = p
		})
	})
	return g.Wait()
}

// Await returns when the replica has caught up once, or the context's error.
func (c *Couriers) Await(ctx context.Context) error {
	select {
	case <-c.ready:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Free returns the couriers who are free and whose whereabouts are known.
func (c *Couriers) Free() []dispatch.Candidate {
	c.mu.RLock()
	defer c.mu.RUnlock()
	var out []dispatch.Candidate
	for id, since := range c.free {
		if p, known := c.at[id]; known {
			out = append(out, dispatch.Candidate{CourierID: id, At: p.At, FreeSince: since})
		}
	}
	return out
}

func (c *Couriers) apply(ctx context.Context, b eventlog.Batch) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range b.Events {
		if err := c.fold(e); err != nil {
			delete(c.free, e.AggregateID) // better not asked than asked wrongly
			slog.ErrorContext(ctx, "a courier's event can't be processed", "courier", e.AggregateID, "position", e.Position, "error", err)
		}
		c.position = e.Position
	}
	if b.Pending == 0 {
		c.once.Do(func() { close(c.ready) })
	}
	return nil
}

func (c *Couriers) fold(e eventlog.Event) error {
	if e.Err != nil {
		return e.Err
	}
	data, _ := e.Data.(*courierv1.CourierEvent) // any other is nil, which is unknown
	switch data.GetEvent().(type) {
	case *courierv1.CourierEvent_CourierRegistered:
	case *courierv1.CourierEvent_ShiftStarted, *courierv1.CourierEvent_OfferDeclined, *courierv1.CourierEvent_OfferExpired,
		*courierv1.CourierEvent_OfferWithdrawn, *courierv1.CourierEvent_DeliveryFinished:
		c.free[e.AggregateID] = e.Time
	case *courierv1.CourierEvent_ShiftEnded, *courierv1.CourierEvent_DeliveryOffered, *courierv1.CourierEvent_OfferAccepted:
		delete(c.free, e.AggregateID)
	default:
		return fmt.Errorf("unknown event %T", data.GetEvent())
	}
	return nil
}
