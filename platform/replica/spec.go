package replica

import (
	"errors"
	"fmt"

	"google.golang.org/protobuf/proto"

	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
)

// Spec says what a replica is made of.
type Spec[S any] struct {
	// Owner is the service whose replica it is, Name tells it from others of the service.
	Owner, Name string
	// Domain is the event message of the domain that is followed.
	Domain proto.Message
	// Personal is how much of what is sealed Fold needs to see.
	Personal eventlog.Personal
	// Newer is what becomes of events of a newer version; its zero value parks them.
	Newer eventlog.Newer
	// Fold returns an aggregate's state after an event of it, and leaves the one that it is given as it is: readers share it.
	// Pure; where it fails or panics, the event is parked, and what follows for the aggregate.
	Fold func(S, eventlog.Event) (S, error)
}

func (s Spec[S]) validate() error {
	if s.Domain == nil || s.Fold == nil {
		return errors.New("replica: Domain and Fold are required")
	}
	return s.consumer().Validate()
}

// consumer has no versions: a replica is folded anew by whichever version starts.
func (s Spec[S]) consumer() fault.Consumer {
	return fault.Consumer{Kind: fault.Replica, Owner: s.Owner, Name: s.Name, Version: 1}
}

// fold is Fold for an event that may not be readable. An error is poison.
func (s Spec[S]) fold(before S, e eventlog.Event) (after S, err error) {
	if s.Newer.Ignores(e) {
		return before, nil
	}
	if e.Err != nil {
		return before, e.Err
	}
	err = fault.Catch(func() error {
		after, err = s.Fold(before, e)
		return err
	})
	if err != nil {
		return before, fmt.Errorf("fold %s: %w", e.Type, err)
	}
	return after, nil
}
