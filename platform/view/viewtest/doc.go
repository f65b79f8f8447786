// Package viewtest checks that a view forgets no event, and steps views by hand for the tests of what is served from them.
// It owns trying every case of the oneofs of the domains that a view reads, and a view without a log; callers own what their
// view does with them.
// It proves that a case is routed and applied without a panic, not that the document is right.
package viewtest
