// Package eventlogtest gives tests a real event log of their own, on an embedded hub.
// It owns starting and stopping it with the test; callers own what they append. Nothing of it survives the test.
package eventlogtest
