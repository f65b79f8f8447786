// Package orders is what a customer sees of their orders: each in full with its timeline and its money, and all of them as a
// history. It owns the document, how the events of ordering, payment, kitchen and delivery change it, and the history's paging;
// the server owns who may look, who the courier is and where.
// What cancelling costs is said as docs/refund-rules.md has it; who decides in a race is the kitchen.
package orders
