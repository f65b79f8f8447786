// Command local runs the whole of Tiffin in one process: hub, database, domain services, BFFs, frontends, a sandbox card
// processor and a demo city. It owns putting them together, in the order in which each needs the other, and the settings that
// README lists; what each of them does is its package's. It listens on loopback only, for it gives a token to anybody who asks.
package main
