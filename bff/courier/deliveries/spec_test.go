package deliveries_test

import (
	"testing"

	"tiffin/bff/courier/deliveries"
	"tiffin/platform/view/viewtest"
)

func TestNoEventIsForgotten(t *testing.T) { viewtest.Covers(t, deliveries.Spec()) }
