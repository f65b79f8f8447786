// Package kitchen is the ticket: what a restaurant is to cook of an order, its state, how events change that, and one
// decision per command.
// It owns when a ticket may be accepted, delayed, rejected, cooked, handed over and called off; its server owns identity,
// loading and appending, and fulfilment owns when a restaurant has been silent for too long.
// It does not know whether the order was paid: whoever opens a ticket does.
package kitchen
