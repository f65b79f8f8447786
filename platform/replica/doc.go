// Package replica keeps in memory what a service knows of another domain: a state for each aggregate, folded from the log.
// It owns following the log from its start, concurrent reads, and parking what can't be folded behind its aggregate, while
// the others go on; callers own the pure fold, and what they answer about an aggregate that stands behind a fault.
// It does not promise to be up to date: whoever decides on it says what it was decided against.
package replica
