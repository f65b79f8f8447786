// Package hours answers when a restaurant is open, from its opening hours and a moment.
// It owns the reading of windows by the wall clock of a time zone, past midnight and across changes of the clock; callers
// own the moment, and refuse hours that Validate refuses, which otherwise count as closed. It carries its own copy of the
// time zone database and does not promise that this is newer than the system's.
package hours
