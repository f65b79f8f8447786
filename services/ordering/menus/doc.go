// Package menus is ordering's replica of the restaurants and their menus, folded from the event log into memory.
// It owns the folding and concurrent reads, and that a restaurant which stands behind a fault is unavailable; callers run it,
// wait until it is ready, and decide on what it answers.
// It does not promise to be up to date: an order says which position of the menu it was checked against.
package menus
