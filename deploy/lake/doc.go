// Package lake lists the domains whose events leave the hub for the lake, for the programs that bring them there.
// It owns the list; which aggregates are closed is said beside each event in its domain's events.proto, and how events get there is
// platform/lake/export's.
package lake
