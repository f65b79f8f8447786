// Package lake is the part of the event log that has left the hub: events of aggregates that were closed long ago, in files that
// other tools can read, and a list of them. It owns finding, merging and counting what is in the files; platform/eventlog reads it
// and the hub as one log, and lake/export carries events there.
// A file that is not the one that was written is an error, never an event.
package lake
