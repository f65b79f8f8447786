package fault

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"
)

// Resubmission says how to ask.
type Resubmission struct {
	// DryRun asks what would come of it, and changes nothing.
	DryRun bool
	// PerSecond bounds how many faults are asked for in a second; 20 where none is given.
	PerSecond float64
	// Found is called with how many faults there are to ask for, before the first is; nil: nobody wants to know.
	Found func(int)
	// Done is called with each outcome, one at a time; nil: nobody wants to know.
	Done func(Fault, Outcome)
}

const (
	perSecond = 20
	// underWay bounds what is asked and not answered.
	underWay = 64
)

// Resubmit asks for the query's faults to be processed again, and returns when all are answered or ctx ends: a consumer that
// is not running answers when it does. What was asked stays so when this is cut short; asking again goes on with what is left.
func (s *Store) Resubmit(ctx context.Context, q Query, o Resubmission) error {
	faults, err := s.List(ctx, q, "", 0)
	if err != nil {
		return err
	}
	if o.PerSecond <= 0 {
		o.PerSecond = perSecond
	}
	if o.Found != nil {
		o.Found(len(faults))
	}
	pace := rate.NewLimiter(rate.Limit(o.PerSecond), 1)
	var one sync.Mutex
	g, asking := errgroup.WithContext(ctx)
	g.SetLimit(underWay)
	for _, f := range faults {
		if err := pace.Wait(asking); err != nil {
			break // one of those under way has failed, or ctx has ended: Wait says which
		}
		g.Go(func() error {
			r := Request{FaultID: f.ID, DryRun: o.DryRun}
			revision, err := s.ask(asking, r)
			if err != nil {
				return err
			}
			out, err := s.await(asking, r, revision)
			if err == nil && o.Done != nil {
				one.Lock()
				defer one.Unlock()
				o.Done(f, out)
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}
