// Package story tells what happened to one order, across all services, in the order in which it happened.
// It owns finding what belongs to it and saying why each thing was done; callers own where the log is. It reads what processes
// have recorded, so a command without an outcome may have been carried out a moment ago.
package story
