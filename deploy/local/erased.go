package main

import (
	"context"
	"slices"
	"sync"

	"google.golang.org/protobuf/proto"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/identity"
)

// erased are the customers who were forgotten, as the log tells. Nobody can become one of them any more, and nobody is told
// what they were called.
type erased struct {
	mu  sync.Mutex
	ids map[string]bool
}

func (e *erased) follow(ctx context.Context, log *eventlog.Log) error {
	o := eventlog.FollowOptions{Domains: []proto.Message{&customerv1.CustomerEvent{}}, Personal: eventlog.Closed}
	return log.Follow(ctx, o, func(_ context.Context, b eventlog.Batch) error {
		e.mu.Lock()
		defer e.mu.Unlock()
		for _, event := range b.Events {
			if data, ok := event.Data.(*customerv1.CustomerEvent); ok && data.GetCustomerErased() != nil {
				e.ids[event.AggregateID] = true
			}
		}
		return nil
	})
}

// without returns those who are left.
func (e *erased) without(people []identity.Persona) []identity.Persona {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(people), func(p identity.Persona) bool { return e.ids[p.PersonaID] })
}
