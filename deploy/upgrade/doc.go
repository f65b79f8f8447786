// Package upgrade tests two versions of our programs side by side, around one hub and one database: what a rolling upgrade is, and
// the way back.
// It owns no code but that which makes the newer version of today's: one event more, and a view of the next version with another
// shape. What must hold is that whoever has seen a position is shown, by either version, at least what the log has up to there.
package upgrade
