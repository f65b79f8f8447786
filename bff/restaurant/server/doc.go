// Package server is the face of the restaurant BFF: queries from its views, commands on to the kitchen and the restaurant.
// It owns who may see and do what, waiting for presented positions, and the live board; the views own what is true, and the
// domain services own the rules. An answer may be older than the position presented: then it says that it is stale.
package server
