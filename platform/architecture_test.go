// Package platform_test reads who imports whom, and fails on an arrow that docs/ARCHITECTURE.md does not allow.
package platform_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "tiffin/"

// impure are packages that a domain has no use for: it is given time and ids as data, and does no I/O.
var impure = []string{
	"context", "log", "log/slog", "net", "net/http", "os", "io", "database/sql", "google.golang.org/grpc",
	"github.com/nats-io/nats.go", "go.mongodb.org/mongo-driver/v2/mongo", "tiffin/platform/eventlog", "tiffin/platform/rpc",
}

// violation says why one package may not import another; empty: it may.
func violation(from, to string) string {
	a := strings.Split(strings.TrimPrefix(from, module), "/")
	if a[0] == "services" && len(a) == 2 && slices.Contains(impure, to) {
		return "a domain is pure"
	}
	if !strings.HasPrefix(to, module) {
		return ""
	}
	b := strings.Split(strings.TrimPrefix(to, module), "/")
	switch kind := b[0]; {
	case a[0] == "deploy" && to == module+"bench/city":
		return "" // make run plays the people of its demo city itself
	case a[0] == "bench" && b[0] == "ctl" && !slices.Contains(b, "cmd"):
		return "" // what is checked after a torture is looked at with the operators' own eyes
	case slices.Contains(b, "cmd") || kind == "deploy" || kind == "bench" || kind == "ctl":
		if a[0] != kind {
			return "nobody imports a program"
		}
	case a[0] == "gen":
		if kind != "gen" {
			return "generated code imports generated code only"
		}
	case a[0] == "platform":
		shared := strings.HasPrefix(to, module+"gen/tiffin/type/") || strings.HasPrefix(to, module+"gen/tiffin/process/")
		if kind != "platform" && !shared {
			return "the platform knows no domain and no audience"
		}
	case a[0] == "services":
		switch {
		case kind == "services" && b[1] != a[1]:
			return "no service imports another: it follows its events"
		case kind == "bff" || strings.HasPrefix(to, module+"gen/tiffin/bff/"):
			return "no service knows an audience"
		case slices.Contains(b, "server") && len(b) == 3 && !slices.Contains(a, "cmd") && !slices.Contains(a, "server"):
			return "arrows point from cmd to server to domain"
		}
	case a[0] == "bff":
		switch {
		case kind == "services":
			return "no BFF imports a service: it calls it and follows its events"
		case kind == "bff" && b[1] != a[1]:
			return "no BFF imports another"
		case slices.Contains(b, "server") && !slices.Contains(a, "cmd") && !slices.Contains(a, "server"):
			return "arrows point from cmd to server to view"
		}
	}
	return ""
}

func TestImportsPointOneWay(t *testing.T) {
	list := exec.CommandContext(t.Context(), "go", "list", "-f", `{{$from := .ImportPath}}{{range .Imports}}{{$from}} {{.}}{{"\n"}}{{end}}`, "./...")
	list.Dir = ".."
	out, err := list.Output()
	require.NoError(t, err)
	seen := 0
	for line := range strings.Lines(string(out)) {
		from, to, found := strings.Cut(strings.TrimSpace(line), " ")
		if !found {
			continue
		}
		seen++
		if why := violation(from, to); why != "" {
			t.Errorf("%s imports %s: %s", from, to, why)
		}
	}
	require.Positive(t, seen)
}

func TestWrongArrowsAreSeen(t *testing.T) {
	for _, wrong := range [][2]string{
		{"tiffin/platform/view", "tiffin/services/ordering"},
		{"tiffin/platform/view", "tiffin/gen/tiffin/ordering/v1"},
		{"tiffin/platform/view", "tiffin/bff/customer/orders"},
		{"tiffin/services/ordering/server", "tiffin/services/restaurant"},
		{"tiffin/services/ordering", "tiffin/services/ordering/server"},
		{"tiffin/services/ordering", "context"},
		{"tiffin/services/ordering", "tiffin/platform/eventlog"},
		{"tiffin/services/ordering/server", "tiffin/gen/tiffin/bff/customer/v1"},
		{"tiffin/bff/customer/server", "tiffin/services/ordering"},
		{"tiffin/bff/customer/server", "tiffin/bff/courier/offers"},
		{"tiffin/bff/customer/orders", "tiffin/bff/customer/server"},
		{"tiffin/bff/customer/server", "tiffin/deploy/local"},
		{"tiffin/platform/view", "tiffin/bench/city"},
		{"tiffin/deploy/local", "tiffin/bench/system"},
		{"tiffin/bff/customer/server", "tiffin/ctl/story"},
		{"tiffin/gen/tiffin/ordering/v1", "tiffin/platform/problem"},
	} {
		require.NotEmpty(t, violation(wrong[0], wrong[1]), "%s → %s", wrong[0], wrong[1])
	}
	for _, right := range [][2]string{
		{"tiffin/services/ordering", "tiffin/gen/tiffin/restaurant/v1"},
		{"tiffin/services/ordering/server", "tiffin/platform/eventlog"},
		{"tiffin/services/ordering/cmd/ordering", "tiffin/services/ordering/server"},
		{"tiffin/bff/customer/cmd/customer", "tiffin/bff/customer/server"},
		{"tiffin/bff/customer/server", "tiffin/bff/customer/orders"},
		{"tiffin/deploy/local", "tiffin/services/ordering/server"},
		{"tiffin/deploy/local", "tiffin/deploy/local/city"},
		{"tiffin/deploy/local", "tiffin/bench/city"},
		{"tiffin/ctl/views", "tiffin/bff/customer/orders"},
		{"tiffin/bench/torture/check", "tiffin/ctl/views"},
	} {
		require.Empty(t, violation(right[0], right[1]), "%s → %s", right[0], right[1])
	}
}
