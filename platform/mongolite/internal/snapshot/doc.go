// Package snapshot owns the file that a store is kept in: its format, its checksums, and replacing it at once or not at all.
// Its callers own when to write, where, and what to do about a file that can't be read.
// A snapshot is a convenience: what it holds was true at one moment, and losing it costs a replay of the log.
package snapshot
