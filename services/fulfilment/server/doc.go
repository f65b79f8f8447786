// Package server carries fulfilments on: it follows the events of orders, payments, tickets and deliveries, lets the pure
// domain decide, and sends what was decided. It owns which process an event is for; callers run one or more instances, of
// which one is active. It takes no calls: what it knows is in the log.
package server
