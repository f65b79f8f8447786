// Package runtest runs our programs as processes of their own, as whoever deploys them does.
// It owns building them once for a test binary, and stopping them with the test; callers own their settings and what is asked
// of them. It does not build with the race detector: what runs here is what people run.
package runtest
