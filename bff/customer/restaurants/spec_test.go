package restaurants_test

import (
	"testing"

	"tiffin/bff/customer/restaurants"
	"tiffin/platform/view/viewtest"
)

func TestNoEventIsForgotten(t *testing.T) { viewtest.Covers(t, restaurants.Spec()) }
