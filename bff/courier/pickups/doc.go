// Package pickups is what the kitchen says of food that is to be fetched: when it will be ready, and that it is.
// It owns the document, which bears the delivery's id, and how events change it; the server owns whose delivery it is.
// It keeps nothing of a ticket that is over, and nothing of whom it was for.
package pickups
