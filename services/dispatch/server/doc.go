// Package server carries dispatches on: it follows the events of deliveries and couriers, lets the pure domain decide among
// the couriers who are free, and sends what was decided. It owns which process an event is for; callers run one or more
// instances, of which one is active. It takes no calls: what it knows is in the log, and where couriers are is told live.
package server
