// Package views is tiffinctl's look at the read models: how far they are, whether they are right, and building them anew.
// It owns reading their checkpoints, comparing them with a rebuild in memory of its own, and asking whoever applies them for one in
// place; callers own where log and database are. It writes only where it is told to, and then versions that nobody serves yet.
package views
