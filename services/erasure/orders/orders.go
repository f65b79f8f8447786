package orders

import (
	"sync"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
)

// Orders is safe for concurrent use.
type Orders struct {
	mu sync.Mutex
	// open are the orders that have not ended, by their customers; erasures are those of customers who leave, or are gone.
	open     map[string]map[string]bool
	erasures map[string]string
}

// New returns orders of which nothing is known.
func New() *Orders {
	return &Orders{open: map[string]map[string]bool{}, erasures: map[string]string{}}
}

// Open returns the customer's orders that have not ended.
func (o *Orders) Open(customerID string) []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	var ids []string
	for id := range o.open[customerID] {
		ids = append(ids, id)
	}
	return ids
}

// Note folds the event.
func (o *Orders) Note(e eventlog.Event) { o.Correlate(e) }

// Correlate folds the event, and returns the erasure that it is for; empty: none.
func (o *Orders) Correlate(e eventlog.Event) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch data := e.Data.(type) {
	case *customerv1.CustomerEvent:
		if requested := data.GetErasureRequested(); requested != nil {
			o.erasures[e.AggregateID] = requested.GetErasureId()
			return requested.GetErasureId()
		}
	case *orderingv1.OrderEvent:
		if placed := data.GetOrderPlaced(); placed != nil {
			customer := placed.GetCustomerId()
			if o.open[customer] == nil {
				o.open[customer] = map[string]bool{}
			}
			o.open[customer][e.AggregateID] = true
			return o.erasures[customer]
		}
	case *fulfilmentv1.FulfilmentEvent:
		if ended := data.GetFulfilmentEnded(); ended != nil {
			customer := ended.GetCustomerId()
			if delete(o.open[customer], e.AggregateID); len(o.open[customer]) == 0 {
				delete(o.open, customer)
			}
			return o.erasures[customer]
		}
	}
	return ""
}
