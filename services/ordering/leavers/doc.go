// Package leavers is ordering's replica of which customers want to be forgotten, folded from the event log into memory.
// It owns the folding and concurrent reads, and that a customer who stands behind a fault is unavailable; callers run it and
// wait until it is ready.
// It does not promise to be up to date: an order that is placed meanwhile is called off by the erasure.
package leavers
