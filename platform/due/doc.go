// Package due is a queue of things to do, each at its time.
// It owns the order and the waiting; callers own what is done and how many do it at once.
// It keeps nothing: what must outlive the process is written down elsewhere.
package due
