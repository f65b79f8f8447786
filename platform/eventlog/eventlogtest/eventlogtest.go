package eventlogtest

import (
	"testing"

	"github.com/nats-io/nats.go"

	"tiffin/platform/eventlog"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/seal"
)

// Log returns an empty log; options change its defaults.
func Log(t testing.TB, options ...func(*eventlog.Options)) *eventlog.Log {
	t.Helper()
	return On(t, hubtest.Connect(t), options...)
}

// On returns the log behind a connection.
func On(t testing.TB, nc *nats.Conn, options ...func(*eventlog.Options)) *eventlog.Log {
	t.Helper()
	o := eventlog.Options{Keys: seal.Memory()}
	for _, set := range options {
		set(&o)
	}
	log, err := eventlog.Open(t.Context(), nc, o)
	if err != nil {
		t.Fatal(err)
	}
	return log
}
