// Package mutants plants bugs into the system, one at a time, and sees whether the checker finds them.
// It owns the bugs, building the system with one of them while the source stays as it is, and what provokes them; its callers own
// where that happens and what they print. A bug that no longer fits the source fails a test, so that none goes missing silently.
package mutants
