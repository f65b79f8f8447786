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
	now   func() time.Time

	mu sync.Mutex
	// free are couriers on shift without a delivery or an open offer, and since when; at is where couriers were last.
	free map[string]time.Time
	at   map[string]location.Position
	// chosen are couriers whom a delivery has just decided to ask.
	chosen   map[string]choice
	position uint64
	ready    chan struct{}
	once     sync.Once
}

// choice keeps a courier for a delivery, until word of the courier comes or the time is over.
type choice struct {
	delivery string
	until    time.Time
}

// Kept is how long a courier is kept for a delivery at most: the offer has long been refused then, or never came. Too short for
// a busy day, it has many ask the same courier, and each refusal makes the day busier.
const Kept = 10 * time.Second

// New returns couriers of whom nothing is known until Run. Whom a delivery has chosen is kept by the clock now.
func New(log *eventlog.Log, where *location.Store, now func() time.Time) *Couriers {
	return &Couriers{
		log: log, where: where, now: now, free: map[string]time.Time{}, at: map[string]location.Position{}, chosen: map[string]choice{},
		ready: make(chan struct{}),
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

// Choose calls choose with the couriers who are free for the delivery and whose whereabouts are known; it returns whom it asks,
// or nothing. Until the log tells of that courier other deliveries don't see them: many that are decided at once would all ask
// the same, who can take one.
func (c *Couriers) Choose(delivery string, choose func(free []dispatch.Candidate) (courier string)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	var free []dispatch.Candidate
	for id, since := range c.free {
		if kept, ok := c.chosen[id]; ok && kept.delivery != delivery && now.Before(kept.until) {
			continue
		}
		if p, known := c.at[id]; known {
			free = append(free, dispatch.Candidate{CourierID: id, At: p.At, FreeSince: since})
		}
	}
	if courier := choose(free); courier != "" {
		c.chosen[courier] = choice{delivery, now.Add(Kept)}
	}
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
	delete(c.chosen, e.AggregateID)
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
