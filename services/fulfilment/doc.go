// Package fulfilment is an order's way from the basket to the door: its state, how events change that, and what follows from
// each input. It owns which commands are sent, every deadline, every way to fail, and what the customer is charged; its
// server owns following the log, sending and waking (platform/process), and each domain service its own facts.
// It does not promise that a command is accepted: two things may happen at once, and the service that owns the fact settles it.
package fulfilment
