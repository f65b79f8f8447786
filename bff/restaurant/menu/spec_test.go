package menu_test

import (
	"testing"

	"tiffin/bff/restaurant/menu"
	"tiffin/platform/view/viewtest"
)

func TestNoEventIsForgotten(t *testing.T) { viewtest.Covers(t, menu.Spec()) }
