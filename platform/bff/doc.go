// Package bff is what the faces of all BFFs have in common: waiting for the positions that callers present, saying what an
// answer has seen, pages of lists, and live streams. It owns these parts of the contract; each BFF's server owns its messages,
// who may ask, and what is read from its views. An answer may be older than what was presented: then it says that it is stale.
package bff
