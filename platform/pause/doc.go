// Package pause waits for some time, or until a context ends.
// Its callers own how long, and what to do when a context has ended meanwhile.
// It may take longer than asked, as any timer.
package pause
