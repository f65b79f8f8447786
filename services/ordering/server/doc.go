// Package server is ordering over gRPC: who may send which command, and one adapter per command around its decision.
// It owns the order aggregate and the replica of the menus, which Run keeps; callers own the connection, its interceptors
// (callers, command ids, validation of fields) and waiting for Ready. An order is checked against the menus as they were
// known here at that moment, and not asked about anywhere else.
package server
