// Package couriers is dispatch's replica of who is on shift and free, folded from the event log into memory, and of where
// they are, as they tell it live. It owns the folding and concurrent reads, and that nobody is asked who stands behind a
// fault; callers run it and wait until it is ready.
// It does not promise to be up to date: a courier who turns out not to be free refuses the offer.
package couriers
