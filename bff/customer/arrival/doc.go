// Package arrival estimates when an order is at the door, from what the kitchen said and where the courier is.
// It owns the rules and their figures; callers own what is known of an order, and when there is nothing to expect any more.
// It knows no streets and no traffic: an estimate is a span that is honest about what is not known yet, never a promise.
package arrival
