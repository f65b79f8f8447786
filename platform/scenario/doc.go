// Package scenario runs tables of given/when/then against a pure domain.
// It owns folding the given events, comparing what follows, and trying every command twice; callers own their events.
// It says nothing of what a service adds around its domain: callers' rights, validation of fields, races.
package scenario
