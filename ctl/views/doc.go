// Package views is tiffinctl's look at the read models: how far they are, and whether they are right.
// It owns reading their checkpoints and comparing them with a rebuild from the log; callers own where log and database are.
// It writes to neither: what it rebuilds, it rebuilds in memory of its own.
package views
