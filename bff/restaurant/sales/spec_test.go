package sales_test

import (
	"testing"

	"tiffin/bff/restaurant/sales"
	"tiffin/platform/view/viewtest"
)

func TestNoEventIsForgotten(t *testing.T) { viewtest.Covers(t, sales.Spec()) }
