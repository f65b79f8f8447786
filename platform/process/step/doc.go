// Package step holds what a control service's pure decisions are made of: the input, and the timers of the event it leads to.
// It owns these words; callers own what they decide, and platform/process carries it out. Nothing in it does anything.
package step
