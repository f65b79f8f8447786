// Command ordercmd sends one command on an order over gRPC, as the browser tests need it for the restaurant's side.
// It owns the call, for half a minute at most; its caller owns the token, which order it is, and what is to become of it.
// Of what comes of it, it says no more than an exit code, and a refusal on standard error.
package main
