package run_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/platform/run"
)

func TestAClockMayBeWrongByHalfOfWhatATokenLives(t *testing.T) {
	for given, offset := range map[string]time.Duration{"": 0, "TIFFIN_CLOCK_OFFSET=-30m": -30 * time.Minute, "TIFFIN_CLOCK_OFFSET=30m": 30 * time.Minute} {
		clock, err := run.Parse[run.Clock]([]string{given})
		require.NoError(t, err)
		before := time.Now()
		told := clock.Now().Add(-offset)
		require.False(t, told.Before(before), given)
		require.False(t, told.After(time.Now()), given)
	}
	for _, absurd := range []string{"30m1ns", "-30m1ns", "-2562047h47m16.854775808s"} {
		_, err := run.Parse[run.Clock]([]string{"TIFFIN_CLOCK_OFFSET=" + absurd})
		require.ErrorContains(t, err, "TIFFIN_CLOCK_OFFSET", absurd)
	}
}
