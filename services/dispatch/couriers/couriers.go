package couriers

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/location"
	"tiffin/platform/replica"
	"tiffin/services/dispatch"
)

// Couriers is safe for concurrent use.
type Couriers struct {
	replica *replica.Replica[standing]
	where   *location.Store
	now     func() time.Time

	mu sync.Mutex
	// at is where couriers were last.
	at map[string]location.Position
	// chosen are couriers whom a delivery has just decided to ask.
	chosen map[string]choice
}

// standing is how a courier stands.
type standing struct {
	// free couriers are on shift without a delivery or an open offer, since then.
	free  bool
	since time.Time
	// position of the courier's last event.
	position uint64
}

// choice keeps a courier for a delivery, until word of the courier comes or the time is over.
type choice struct {
	delivery string
	until    time.Time
	// seen is the position of the last word of the courier when they were chosen.
	seen uint64
}

// Kept is how long a courier is kept for a delivery at most: the offer has long been refused then, or never came. Too short for
// a busy day, it has many ask the same courier, and each refusal makes the day busier.
const Kept = 10 * time.Second

// New returns couriers of whom nothing is known until Run. Whom a delivery has chosen is kept by the clock now; time.Now where
// it is nil.
func New(log *eventlog.Log, faults *fault.Store, where *location.Store, now func() time.Time) *Couriers {
	if now == nil {
		now = time.Now
	}
	return &Couriers{
		replica: replica.New(log, replica.Spec[standing]{
			Owner: "dispatch", Name: "couriers", Domain: &courierv1.CourierEvent{}, Fold: fold,
		}, replica.Options{Faults: faults}),
		where: where, now: now, at: map[string]location.Position{}, chosen: map[string]choice{},
	}
}

// Run follows the log and the couriers until ctx ends, whose error it returns.
func (c *Couriers) Run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return c.replica.Run(ctx) })
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
func (c *Couriers) Await(ctx context.Context) error { return c.replica.Await(ctx) }

// Choose calls choose with the couriers who are free for the delivery and whose whereabouts are known; it returns whom it asks,
// or nothing. Until the log tells of that courier other deliveries don't see them: many that are decided at once would all ask
// the same, who can take one. A courier who stands behind a fault is not asked: better so than asked wrongly.
func (c *Couriers) Choose(delivery string, choose func(free []dispatch.Candidate) (courier string)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now, seen := c.now(), map[string]uint64{}
	var free []dispatch.Candidate
	c.replica.Each(func(id string, s standing) {
		kept, ok := c.chosen[id]
		if ok && kept.seen != s.position {
			delete(c.chosen, id)
			ok = false
		}
		if !s.free || ok && kept.delivery != delivery && now.Before(kept.until) {
			return
		}
		if p, known := c.at[id]; known {
			free, seen[id] = append(free, dispatch.Candidate{CourierID: id, At: p.At, FreeSince: s.since}), s.position
		}
	})
	if courier := choose(free); courier != "" {
		c.chosen[courier] = choice{delivery, now.Add(Kept), seen[courier]}
	}
}

func fold(s standing, e eventlog.Event) (standing, error) {
	s.position = e.Position
	data, _ := e.Data.(*courierv1.CourierEvent) // any other is nil, which is unknown
	switch data.GetEvent().(type) {
	case *courierv1.CourierEvent_CourierRegistered:
	case *courierv1.CourierEvent_ShiftStarted, *courierv1.CourierEvent_OfferDeclined, *courierv1.CourierEvent_OfferExpired,
		*courierv1.CourierEvent_OfferWithdrawn, *courierv1.CourierEvent_DeliveryFinished:
		s.free, s.since = true, e.Time
	case *courierv1.CourierEvent_ShiftEnded, *courierv1.CourierEvent_DeliveryOffered, *courierv1.CourierEvent_OfferAccepted:
		s.free = false
	default:
		return s, fmt.Errorf("unknown event %T", data.GetEvent())
	}
	return s, nil
}
