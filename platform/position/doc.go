// Package position is the token of read-your-writes: for each domain, how far into the log somebody has seen.
// It owns the encoding, which is opaque to clients, and merging; callers decide what to wait for.
// A token proves nothing: it is a hint that bounds a wait, and holds no secret.
package position
