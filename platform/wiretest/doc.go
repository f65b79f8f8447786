// Package wiretest is a network that goes dark: connections stay, and nothing arrives any more, as when a machine loses its power.
// It owns standing between a client and a server; callers own both of them.
// It does not come back: a client is out of the dark by a new connection only.
package wiretest
