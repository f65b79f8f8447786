// Package orders is what a customer sees of their orders: each in full with its timeline, and all of them as a history.
// It owns the document, how events change it, and the history's paging; the server owns who may look.
// It knows what ordering says, not where kitchen and courier are.
package orders
