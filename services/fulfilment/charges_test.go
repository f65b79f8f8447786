package fulfilment_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	"tiffin/services/dispatch"
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
	b.WriteString("\n## Deadlines\n\nPrinted from the policies of fulfilment and dispatch. `TIFFIN_TIME_FACTOR` shrinks all of them.\n\n| how long | for what |\n|---|---|\n")
	p, d := fulfilment.NewPolicy(1), dispatch.NewPolicy(1)
	for _, line := range []struct {
		long time.Duration
		what string
	}{
		{p.Authorization, "the card processor answers; then the order is rejected, and whatever was reserved is released"},
		{p.Answer, "the restaurant answers; then the order is rejected"},
		{p.Cooking, "the food is ready, counted from when the restaurant said; then the order is cancelled"},
		{p.Collection, "a courier collects what is ready; then another is looked for, and in the end the order is cancelled"},
		{p.Arrival, "a courier brings what was picked up; then the delivery has failed"},
		{d.Offer, "a courier answers an offer; then the next is asked"},
		{d.Search, "somebody takes the delivery; then it has failed"},
		{d.Forgiven, "a courier who was asked is not asked again for the same delivery"},
	} {
		fmt.Fprintf(&b, "| %s | %s |\n", line.long, line.what)
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
