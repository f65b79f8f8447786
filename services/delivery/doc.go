// Package delivery is food on its way from a restaurant to a door: its state, how events change that, and one decision per
// command.
// It owns who may bring it and when it may be given back, picked up, delivered, failed and called off; its server owns
// identity, loading and appending, and dispatch owns finding a courier.
// It does not know whether a courier is free: the courier's own events do.
package delivery
