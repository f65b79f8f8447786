package orders_test

import (
	"testing"

	"tiffin/bff/customer/orders"
	"tiffin/platform/view/viewtest"
)

func TestNoEventIsForgotten(t *testing.T) { viewtest.Covers(t, orders.Spec()) }
