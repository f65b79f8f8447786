package tickets_test

import (
	"testing"

	"tiffin/bff/restaurant/tickets"
	"tiffin/platform/view/viewtest"
)

func TestNoEventIsForgotten(t *testing.T) { viewtest.Covers(t, tickets.Spec()) }
