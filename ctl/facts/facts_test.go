package facts_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"tiffin/ctl/facts"
	"tiffin/platform/eventlog"
)

func TestEveryDomainThatHasEventsIsListed(t *testing.T) {
	const protos = "../../proto/tiffin"
	entries, err := os.ReadDir(protos)
	require.NoError(t, err)
	var declared, listed []string
	for _, entry := range entries {
		if _, err := os.Stat(protos + "/" + entry.Name() + "/v1/events.proto"); err == nil {
			declared = append(declared, entry.Name())
		}
	}
	for _, domain := range facts.Domains() {
		listed = append(listed, eventlog.DomainOf(domain))
	}
	require.NotEmpty(t, declared)
	require.ElementsMatch(t, declared, listed)
}
