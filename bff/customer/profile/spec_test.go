package profile_test

import (
	"testing"

	"tiffin/bff/customer/profile"
	"tiffin/platform/view/viewtest"
)

func TestNoEventIsForgotten(t *testing.T) { viewtest.Covers(t, profile.Spec()) }
