package eventlog_test

import (
	"testing"

	"go.uber.org/goleak"

	"tiffin/platform/hub/hubtest"
)

func TestMain(m *testing.M) {
	if hubtest.Node() {
		return
	}
	goleak.VerifyTestMain(m,
		// A map of the server's own that lives as long as the process.
		goleak.IgnoreTopFunction("github.com/nats-io/nats-server/v2/server.init.0.func1"))
}
