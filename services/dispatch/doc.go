// Package dispatch finds a courier for a delivery: its state, how events change that, and what follows from each input.
// It owns who is asked first, how long an offer stands, when nobody is looked for any more, and that whoever holds the
// delivery is told when it is over; its server owns following the log, where the couriers are, sending and waking.
// It does not promise that a courier is still free when the offer arrives: a refused offer goes on to the next.
package dispatch
