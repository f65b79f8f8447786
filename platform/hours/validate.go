package hours

import (
	"fmt"
	"sync"
	"time"
	_ "time/tzdata" // a container may have no zones of its own

	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/problem"
)

const day = 24 * 60 // minutes by the wall clock

// maxWindows is four for each day of the week.
const maxWindows = 28

// Validate refuses hours that can't be read, as problem.Invalid of the fields below the given one. No windows at all are
// fine: never open.
func Validate(field string, h *typev1.OpeningHours) error {
	if h == nil {
		return problem.InvalidField(field, "is needed")
	}
	if _, err := Zone(h.GetTimeZone()); err != nil {
		return problem.InvalidField(field+".time_zone", "%q is not the name of a time zone, such as Europe/Berlin", h.GetTimeZone())
	}
	if n := len(h.GetWindows()); n > maxWindows {
		return problem.InvalidField(field+".windows", "%d are too many: %d at most", n, maxWindows)
	}
	for i, w := range h.GetWindows() {
		if p := wrong(w); p != "" {
			return problem.InvalidField(fmt.Sprintf("%s.windows[%d]", field, i), "%s", p)
		}
	}
	return nil
}

func wrong(w *typev1.OpeningWindow) string {
	opens, closes := w.GetOpensMinute(), w.GetClosesMinute()
	switch {
	case w.GetWeekday() < typev1.Weekday_WEEKDAY_MONDAY || w.GetWeekday() > typev1.Weekday_WEEKDAY_SUNDAY:
		return "the weekday is needed"
	case opens < 0 || opens >= day:
		return "opens outside of its day"
	case closes <= opens:
		return "closes before it opens; past midnight, count on above 1440"
	case closes-opens > day:
		return "is longer than a day"
	}
	return ""
}

// zones spares reading a zone anew for every order; only names that exist get in, so it can't grow without bound.
var zones sync.Map

// Zone returns the time zone with an IANA name; the empty name and "Local" are none.
func Zone(name string) (*time.Location, error) {
	if name == "" || name == "Local" { // LoadLocation takes these for UTC and for the machine's own
		return nil, fmt.Errorf("no time zone: %q", name)
	}
	if loc, ok := zones.Load(name); ok {
		return loc.(*time.Location), nil
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, err
	}
	zones.Store(name, loc)
	return loc, nil
}
