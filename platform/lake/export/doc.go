// Package export carries the events of aggregates that were closed long ago from the hub to the lake.
// It owns the order of the steps: write a file, read it back, put it on the list, read it again, purge the hub, say so. Whoever is
// killed between two of them leaves a log that reads the same, and the next run goes on; callers own who runs it, under a lease or
// by hand. Two at a time do no harm: the list takes from one.
package export
