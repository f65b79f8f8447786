// Package server is the face of the customer BFF: queries from its views, commands on to ordering.
// It owns who may see and do what, waiting for presented positions, paging and live streams; the views own what is true,
// and ordering owns the rules. An answer may be older than the position presented: then it says that it is stale.
package server
