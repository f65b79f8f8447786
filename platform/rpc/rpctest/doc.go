// Package rpctest tests domain services over the real wire: with every interceptor, on a real log.
// It owns connecting, callers who are what their token says, and a table that sends every command badly; callers own their
// service, a fine request for each command, and what comes before it.
// Its table says that bad input is refused clearly and leaves nothing behind, not that good input does the right thing.
package rpctest
