package leavers

import (
	"context"
	"errors"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/problem"
	"tiffin/platform/replica"
)

// Leavers is safe for concurrent use.
type Leavers struct {
	replica *replica.Replica[bool]
}

// New returns leavers of whom nothing is known until Run has followed the log. Of what a newer version appends it needs
// nothing: it looks for two facts only.
func New(log *eventlog.Log, faults *fault.Store) *Leavers {
	return &Leavers{replica.New(log, replica.Spec[bool]{
		Owner: "ordering", Name: "leavers", Domain: &customerv1.CustomerEvent{}, Personal: eventlog.Closed,
		Newer: eventlog.IgnoreNewer, Fold: fold,
	}, replica.Options{Faults: faults})}
}

// Run follows the log, from its start or from where an earlier Run ended, until ctx ends; then it returns nil.
func (l *Leavers) Run(ctx context.Context) error {
	err := l.replica.Run(ctx)
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// Ready reports whether the replica has caught up once.
func (l *Leavers) Ready() bool { return l.replica.Ready() }

// Has reports whether the customer asked to be forgotten, or is. It returns problem.Unavailable before the replica is ready,
// and for a customer who stands behind a fault: they may have asked.
func (l *Leavers) Has(customerID string) (bool, error) {
	leaving, err := l.replica.Of(customerID)
	switch {
	case errors.Is(err, replica.ErrNotReady):
		return false, problem.New(problem.Unavailable, "CUSTOMERS_NOT_READY", "accounts are still being read; please repeat in a moment")
	case err != nil:
		return false, problem.New(problem.Unavailable, "CUSTOMER_UNREADABLE", "this account can't be read at the moment")
	}
	return leaving, nil
}

func fold(leaving bool, e eventlog.Event) (bool, error) {
	data, _ := e.Data.(*customerv1.CustomerEvent)
	return leaving || data.GetErasureRequested() != nil || data.GetCustomerErased() != nil, nil
}
