package leavers

import (
	"context"
	"sync"

	"google.golang.org/protobuf/proto"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	"tiffin/platform/eventlog"
)

// Leavers is safe for concurrent use.
type Leavers struct {
	log *eventlog.Log

	mu       sync.RWMutex
	leaving  map[string]bool
	position uint64
	ready    bool
}

// New returns leavers of whom nothing is known until Run has followed the log.
func New(log *eventlog.Log) *Leavers { return &Leavers{log: log, leaving: map[string]bool{}} }

// Run follows the log, from its start or from where an earlier Run ended, until ctx ends; then it returns nil.
func (l *Leavers) Run(ctx context.Context) error {
	l.mu.RLock()
	after := l.position
	l.mu.RUnlock()
	err := l.log.Follow(ctx, eventlog.FollowOptions{
		After: after, Domains: []proto.Message{&customerv1.CustomerEvent{}}, Personal: eventlog.Closed,
	}, l.apply)
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// Ready reports whether the replica has caught up once.
func (l *Leavers) Ready() bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.ready
}

// Has reports whether the customer asked to be forgotten, or is.
func (l *Leavers) Has(customerID string) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.leaving[customerID]
}

func (l *Leavers) apply(_ context.Context, b eventlog.Batch) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range b.Events {
		data, _ := e.Data.(*customerv1.CustomerEvent)
		if data.GetErasureRequested() != nil || data.GetCustomerErased() != nil {
			l.leaving[e.AggregateID] = true
		}
		l.position = e.Position
	}
	l.ready = l.ready || b.Pending == 0
	return nil
}
