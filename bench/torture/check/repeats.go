package check

import (
	"net/http"
	"time"

	"tiffin/bench/torture/history"
)

// Repeated is the rule of repeats.
const Repeated = "a repeat is answered as the first was"

// repeats are commands that were sent again after their acknowledgement: they are not decided anew.
type repeats struct {
	unmoved
	acknowledged map[string]time.Duration
}

func newRepeats() *repeats { return &repeats{acknowledged: map[string]time.Duration{}} }

func (r *repeats) call(c history.Call, broken tell) {
	if c.Kind != history.Command {
		return
	}
	first, before := r.acknowledged[c.Command]
	switch {
	case c.Outcome == history.Acknowledged && !before:
		r.acknowledged[c.Command] = c.Ended
	case c.Outcome == history.Refused && before && first <= c.Began && decided(c):
		broken(Repeated, c.Command, "%s %s was acknowledged, and is then refused as %s", c.Method, c.Path, c.Code)
	}
}

// decided reports whether somebody looked at what the command is about; who was turned away at the door may try again.
func decided(c history.Call) bool {
	return c.Status != http.StatusUnauthorized && c.Status != http.StatusTooManyRequests && c.Code != "CONTENDED"
}
