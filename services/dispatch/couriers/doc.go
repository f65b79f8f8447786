// Package couriers is dispatch's replica of who is on shift and free, folded from the event log into memory, and of where
// they are, as they tell it live. It owns following both and concurrent reads; callers run it and wait until it is ready.
// It does not promise to be up to date: a courier who turns out not to be free refuses the offer.
package couriers
