// Package progress shows how long work goes on.
// It owns a bar for terminals and plain lines for everything else; callers own the counting. It writes to standard error, so
// that what a command prints can be piped.
package progress
