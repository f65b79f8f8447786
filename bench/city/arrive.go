package city

import (
	"context"
	"errors"
	"sync"
	"time"

	"tiffin/bench/city/api"
)

// lookForOverdue is how often it is looked for orders without an end.
const lookForOverdue = 10 * time.Second

// endsWithin is when every order has ended, whatever happens to it: all the deadlines of the house, one after the other.
func (o Options) endsWithin() time.Duration { return o.after(5*time.Hour) + 2*time.Minute }

// arrive lets people come and order, as likely at any moment as at any other, and returns when the last of them is served.
func (c *City) arrive(ctx context.Context) error {
	var all sync.WaitGroup
	defer all.Wait()
	d := newDice(c.o.Seed, "arrivals")
	looked := time.Now()
	next := time.Now()
	for n := uint64(1); c.o.Rate > 0; n++ {
		// Counted from when the one before should have come: who is late does not make all later.
		next = next.Add(time.Duration(d.ExpFloat64() / c.o.Rate * float64(time.Second)))
		if err := c.until(ctx, next); err != nil {
			return ignored(err, errClosing)
		}
		if time.Since(looked) > lookForOverdue {
			looked = time.Now()
			c.o.Book.Overdue(c.o.endsWithin())
		}
		if by := c.somebody(d); by != nil && c.o.Book.Open() < c.o.AtOnce {
			all.Go(func() { c.served(ctx, guarded(func() error { return c.order(ctx, n, by) })) })
		}
	}
	return nil
}

var errClosing = errors.New("nobody orders any more")

func (c *City) until(ctx context.Context, at time.Time) error {
	timer := time.NewTimer(time.Until(at))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-c.closing:
		return errClosing
	case <-ctx.Done():
		return ctx.Err()
	}
}

func ignored(err, which error) error {
	if errors.Is(err, which) {
		return nil
	}
	return err
}

// somebody is a customer whose place nobody has taken; nil: there is none.
func (c *City) somebody(d dice) *api.Person {
	for range 20 {
		if p := pick(d, c.customers); !c.people.has(p.ID) {
			return p
		}
	}
	return nil
}

// served looks at how an order went that was not followed to its end.
func (c *City) served(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil && !errors.Is(err, errClosed) {
		c.o.Logger.WarnContext(ctx, "a simulated customer gave up", "error", err)
	}
}
