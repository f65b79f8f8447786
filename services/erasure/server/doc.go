// Package server carries erasures on: it follows the events of customers, orders and fulfilments, lets the pure domain
// decide, and sends what was decided. It owns which erasure an event is for; callers run one or more instances, of which one
// is active. It takes no calls: what it knows is in the log.
package server
