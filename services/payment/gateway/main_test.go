package gateway_test

import (
	"flag"
	"os"
	"testing"

	"go.uber.org/goleak"
)

// checks is how many histories are tried unless -rapid.checks says otherwise: each runs a whole house for seconds.
const checks = "15"

func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		if err := flag.Set("rapid.checks", checks); err != nil {
			panic(err)
		}
	}
	code := m.Run()
	if code == 0 {
		if err := goleak.Find(
			// A map of the embedded hub's own that lives as long as the process.
			goleak.IgnoreTopFunction("github.com/nats-io/nats-server/v2/server.init.0.func1")); err != nil {
			_, _ = os.Stderr.WriteString(err.Error())
			code = 1
		}
	}
	os.Exit(code)
}
