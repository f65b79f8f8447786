// Package replay is `tiffinctl replay`: events of the log, taken into account once more by one consumer.
// It owns choosing events and consumers, and refusing where a repetition would reach the outside; the consumer itself does it,
// while it goes on with the log.
// Nothing is sent by it to anybody: views and replicas only remember.
package replay
