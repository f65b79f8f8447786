// Package facts lists the domains of the log for who reads all of them, whatever they are about.
// It owns the list; callers own what they make of the events. What a domain's events are is said in its events.proto alone.
package facts
