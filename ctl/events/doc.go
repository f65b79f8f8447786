// Package events is tiffinctl's look into the log: its end, single events, and copies of it.
// It owns choosing, printing and exporting events; callers own where the log is. It never appends.
package events
