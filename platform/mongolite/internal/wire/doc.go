// Package wire owns the bytes on a connection: reading OP_MSG and the OP_QUERY of a handshake, and writing their answers.
// Its callers own what a command means and when a connection ends.
// Whatever Read returns without an error is well-formed BSON; a message's bytes are valid until the next Read.
package wire
