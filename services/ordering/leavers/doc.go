// Package leavers is ordering's replica of which customers want to be forgotten, folded from the event log into memory.
// It owns following the customers' events and concurrent reads; callers run it and wait until it is ready.
// It does not promise to be up to date: an order that is placed meanwhile is called off by the erasure.
package leavers
