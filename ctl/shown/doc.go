// Package shown turns events into what a terminal or a program reads.
// It owns one form for each: JSON whose names are the protos' own, and lines for people; callers own which events, and whether
// what is personal was opened. Sealed bytes are kept in JSON, where they lose nothing, and only counted for people.
package shown
