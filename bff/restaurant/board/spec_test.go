package board_test

import (
	"testing"

	"tiffin/bff/restaurant/board"
	"tiffin/platform/view/viewtest"
)

func TestNoEventIsForgotten(t *testing.T) { viewtest.Covers(t, board.Spec()) }
