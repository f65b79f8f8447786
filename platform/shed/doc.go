// Package shed turns away load that exceeds what a process can do, where it comes in and before it costs anything.
// It owns how much is worked on at once, how long the rest may wait, how long any of it may take, and the answer to what is
// turned away, which says when to come again; callers own one gate for each listener, and what passes it.
// It knows no caller from another: who floods a listener crowds out whoever else uses it, and a command that was turned away
// was not looked at, so that it may be repeated as it is.
package shed
