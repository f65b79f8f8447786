// Package eventlog is the write side's only database: facts appended once to the JetStream stream EVENTS, under a guard.
// It owns appending, loading, Execute's decide-and-append loop, the memory of command ids, sealing on the way in and
// opening on the way out, and following the log in order; callers own their events, their state and their decisions.
// It does not promise that a read without a leader's confirmation is fresh: Execute asks for one before it refuses.
package eventlog
