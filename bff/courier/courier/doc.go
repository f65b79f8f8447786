// Package courier is what a courier sees of now: the shift, an open offer, the delivery in hand, what the last days have earned.
// It owns the document, how events change it, and its messages; the server owns who may look, and by whose clock a day begins.
// Whom a delivery goes to stands here only while it is offered or held.
package courier
