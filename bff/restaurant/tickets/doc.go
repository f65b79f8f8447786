// Package tickets is every ticket that a restaurant ever got, one document each: the archive behind the board.
// It owns the document, how events change it, and the list's paging; the server owns who may look.
// It knows what the kitchen says, not where the courier is.
package tickets
