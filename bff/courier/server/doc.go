// Package server is the face of the courier BFF: queries from its views, commands on to courier and delivery, places on to
// whoever follows couriers. It owns who may see and do what, waiting for presented positions, paging and live streams; the
// views own what is true, and the domain services own the rules.
// An answer may be older than the position presented: then it says that it is stale. A place that was told may be lost.
package server
