// Package mongolite owns the embedded MongoDB: an in-memory server on loopback that the official driver talks to, and its snapshot on disk.
// Its callers own the driver and what they store; they ask only for what docs/adr/0003 lists, since everything else is refused by name.
// Durability is not guaranteed: what was written after the last snapshot is lost with the process, so only what a log can rebuild belongs here.
package mongolite
