// Package hub is the event hub: an embedded NATS server with JetStream, and the one way to connect to any NATS.
// It owns durability of the embedded server (every append reaches the disk before it is acknowledged, unless told
// otherwise) and the connection options that the event log relies on; callers own streams and subjects.
// An embedded server is one node: it survives a crash, not the loss of its disk.
package hub
