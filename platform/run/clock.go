package run

import (
	"fmt"
	"time"
)

// Clock is for processes that tell the time.
type Clock struct {
	// Offset is how far the process's clock is ahead of the machine's, or behind: to see what becomes of one that is wrong.
	Offset time.Duration `env:"TIFFIN_CLOCK_OFFSET" envDefault:"0s"`
}

// mostOffset is half of what a token lives. With a clock that is further off nobody could sign in, which is nothing to try out.
const mostOffset = 30 * time.Minute

// Validate refuses a clock that is too far off.
func (c Clock) Validate() error {
	if c.Offset.Abs() > mostOffset {
		return fmt.Errorf("TIFFIN_CLOCK_OFFSET: %s is more than %s", c.Offset, mostOffset)
	}
	return nil
}

// Now is the time by that clock.
func (c Clock) Now() time.Time { return time.Now().Add(c.Offset) }
