// Package connect takes a command line to the event log, to what is parked, and to the views' database.
// It owns the settings that lead there, and looks only: it makes neither a stream nor a bucket; callers own closing what they
// opened. Personal data stays sealed unless a caller asks for the keys.
package connect
