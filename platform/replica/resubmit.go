package replica

import (
	"context"
	"fmt"
	"slices"

	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
)

// serve answers requests to fold again until ctx ends. Every instance of the service has a replica of its own, so each hears
// a request and folds for itself; the first answer is told. Before it has caught up, it doesn't know what it lacks.
func (r *Replica[S]) serve(ctx context.Context) error {
	if r.o.Faults == nil {
		<-ctx.Done()
		return ctx.Err()
	}
	if err := r.Await(ctx); err != nil {
		return err
	}
	return r.retry(ctx, "answer requests to resubmit", func() error {
		return r.o.Faults.Serve(ctx, r.spec.consumer(), func(ctx context.Context, asked []fault.Request) ([]fault.Outcome, error) {
			out := make([]fault.Outcome, len(asked))
			for i, request := range asked {
				var err error
				if out[i], err = r.resubmit(ctx, request); err != nil {
					return nil, err
				}
			}
			return out, nil
		})
	})
}

// behind returns the ids of the aggregates that stand behind faults, by the faults' ids.
func (r *Replica[S]) behind() map[string]string {
	out := map[string]string{}
	for id, a := range r.known {
		if a.from > 0 {
			out[fault.ID(r.spec.consumer(), key(a.subject))] = id
		}
	}
	return out
}

// resubmit folds what an aggregate lacks from the log, which has it whatever other instances have done with what is parked.
func (r *Replica[S]) resubmit(ctx context.Context, request fault.Request) (out fault.Outcome, err error) {
	r.turn.Lock()
	defer r.turn.Unlock()
	id, ok := r.behind()[request.FaultID]
	if !ok { // this version has folded it when it read the log
		out.Resolved = true
		return out, r.forget(ctx, request, r.position)
	}
	a := r.known[id]
	events, err := r.lacking(ctx, id, a)
	if err != nil {
		return out, err
	}
	again := aggregate[S]{state: a.state, subject: a.subject}
	var left []fault.Entry
	for _, e := range events {
		if entry, parked := r.take(&again, e); parked {
			left = append(left, entry)
			continue
		}
		out.Processed++
	}
	if out.Resolved = len(left) == 0; !out.Resolved {
		out.At, out.Error = left[0].Event.Position, left[0].Error
	}
	if request.DryRun {
		return out, nil
	}
	for _, entry := range left { // before what is processed is forgotten
		if err := r.o.Faults.Renew(ctx, entry); err != nil {
			return out, err
		}
	}
	r.mu.Lock()
	r.known[id] = again
	r.mu.Unlock()
	through := a.to
	if again.from > 0 {
		through = again.from - 1
	}
	return out, r.forget(ctx, request, through)
}

// lacking returns what is parked for the aggregate, as it is in the log.
func (r *Replica[S]) lacking(ctx context.Context, id string, a aggregate[S]) ([]eventlog.Event, error) {
	events, err := r.log.Bearing(ctx, id, r.spec.Personal, r.spec.Domain)
	if err != nil {
		return nil, err
	}
	events = slices.DeleteFunc(events, func(e eventlog.Event) bool {
		return e.Record.Subject != a.subject || e.Position < a.from || e.Position > a.to
	})
	if n := len(events); n == 0 || events[n-1].Position != a.to { // the server that answered is not as far as the log
		return nil, fmt.Errorf("event %d of %s is not there yet", a.to, a.subject)
	}
	return events, nil
}

func (r *Replica[S]) forget(ctx context.Context, request fault.Request, through uint64) error {
	if request.DryRun {
		return nil
	}
	return r.o.Faults.Forget(ctx, request, through)
}
