package ctl_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/platform/run/runtest"
)

func TestItFindsWhatAProcessEmbeds(t *testing.T) {
	p := newPlace(t)
	p.prints("events", "tail")
	require.Contains(t, p.prints("views", "list"), "customer.orders")
}

func TestWhatCantBeReachedIsSaidByTheSettingsName(t *testing.T) {
	p := newPlace(t)
	for want, environ := range map[string][]string{
		"TIFFIN_NATS_URL is not set, and no process":                    {"TIFFIN_DATA_DIR=" + t.TempDir()},
		"TIFFIN_NATS_URL is not a URL":                                  {"TIFFIN_NATS_URL=here"},
		"unknown setting TIFFIN_NATS_ULR":                               {"TIFFIN_NATS_ULR=nats://there:1"},
		"TIFFIN_NATS_URL: can't connect to NATS at nats://u:xxxxx@127.": {"TIFFIN_NATS_URL=nats://u:secret@" + runtest.FreeAddr(t)},
		"can't reach MongoDB (TIFFIN_MONGODB_URI)":                      {"TIFFIN_DATA_DIR=" + p.dir, "TIFFIN_MONGODB_URI=mongodb://u:secret@" + runtest.FreeAddr(t)},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		_, _, err := command(ctx, environ, "views", "list")
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), "secret")
	}
}

func TestAWordThatIsNoCommandIsAnError(t *testing.T) {
	for _, line := range [][]string{{"evnts"}, {"events", "tial"}, {"order", "storry"}, {"views", "lst"}, {"faults", "lst"}} {
		_, _, err := command(t.Context(), nil, line...)
		require.ErrorContains(t, err, "unknown command")
	}
}

func TestEveryCommandSaysWhatItDoes(t *testing.T) {
	for _, line := range []string{
		"", "events", "events tail", "events show", "events export", "order story", "views list", "views verify",
		"faults list", "faults show", "faults resubmit",
	} {
		out, _, err := command(t.Context(), nil, append(strings.Fields(line), "--help")...)
		require.NoError(t, err)
		require.Contains(t, out, "Usage:\n  tiffinctl")
	}
}

func TestAShellCompletesDomainsTypesAndViews(t *testing.T) {
	for want, line := range map[string]string{
		"ordering.OrderPlaced": "events tail --type ord", "fulfilment": "events tail --domain ful", "customer.orders": "views verify cust",
	} {
		out, _, err := command(t.Context(), nil, append([]string{"__complete"}, strings.Fields(line)...)...)
		require.NoError(t, err)
		require.Contains(t, strings.Split(out, "\n"), want)
	}
	out, _, err := command(t.Context(), nil, "completion", "bash")
	require.NoError(t, err)
	require.Contains(t, out, "tiffinctl")
}
