package popularity_test

import (
	"testing"

	"tiffin/bff/customer/popularity"
	"tiffin/platform/view/viewtest"
)

func TestNoEventIsForgotten(t *testing.T) { viewtest.Covers(t, popularity.Spec()) }
