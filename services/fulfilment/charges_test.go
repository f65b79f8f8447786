package fulfilment_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	"tiffin/services/fulfilment"
)

var update = flag.Bool("update", false, "write docs/refund-rules.md anew")

const printed = "../../docs/refund-rules.md"

func TestTheDocsShowTheRules(t *testing.T) {
	var b strings.Builder
	b.WriteString("# What a customer pays when an order ends\n\n" +
		"Printed from the table in `services/fulfilment/charges.go` by `go test ./services/fulfilment -run Rules -update`.\n" +
		"What was reserved on the card and is not charged is released. The first row that fits decides.\n\n" +
		"| the order ended as | the food was | the customer pays | because |\n|---|---|---|---|\n")
	for _, r := range fulfilment.Rules {
		ending := strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(r.Ending.String(), "ENDING_"), "_", " "))
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", ending, r.Stage, r.Charge, r.Why)
	}
	if *update {
		require.NoError(t, os.WriteFile(printed, []byte(b.String()), 0o600))
	}
	docs, err := os.ReadFile(printed)
	require.NoError(t, err)
	require.Equal(t, b.String(), string(docs), "run it again with -update")
}

func TestEveryEndingHasARuleForEveryStage(t *testing.T) {
	for number, name := range fulfilmentv1.Ending_name {
		if number == 0 {
			continue
		}
		for _, stage := range []fulfilment.Stage{fulfilment.BeforeCooking, fulfilment.InTheKitchen, fulfilment.OnTheWay} {
			fits := 0
			for _, r := range fulfilment.Rules {
				if r.Ending == fulfilmentv1.Ending(number) && (r.Stage == stage || r.Stage == fulfilment.Whenever) {
					fits++
				}
			}
			require.Equal(t, 1, fits, "%s %s", name, stage)
		}
	}
}
