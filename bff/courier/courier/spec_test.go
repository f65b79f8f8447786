package courier_test

import (
	"testing"

	"tiffin/bff/courier/courier"
	"tiffin/platform/view/viewtest"
)

func TestNoEventIsForgotten(t *testing.T) { viewtest.Covers(t, courier.Spec()) }
