// Package fault keeps what a consumer could not process: the event, or the message from outside, and every later one that must not
// overtake it, parked in order in the JetStream stream FAULTS until somebody asks for them to be tried again.
// It owns the stream, what may be shown and measured of it, and the requests to resubmit and to replay; a consumer owns telling what passes from what
// does not, parking before its checkpoint moves, and processing a sequence in order before its key flows again.
// Parking is idempotent and never about a fault itself: while the stream can't be written to, the consumer waits.
package fault
