// Package courier is the courier: their state, how events change that, and one decision per command.
// It owns that a courier has at most one open offer and holds at most one delivery, so that nobody is booked twice; its
// server owns identity, loading, appending and the clock, and dispatch owns whom to offer what, and until when.
// It does not know where a courier is: that is fast data, and not in the log.
package courier
