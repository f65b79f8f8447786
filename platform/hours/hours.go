package hours

import (
	"slices"
	"time"

	typev1 "tiffin/gen/tiffin/type/v1"
)

// ahead is how many days of windows are looked at: a week that repeats shows all that it has, twice over to see stretches
// that join, and a day more where the clock changes.
const ahead = 15

// stretch is an uninterrupted time of being open: from opens on, until just before closes.
type stretch struct{ opens, closes time.Time }

func (s stretch) holds(at time.Time) bool { return !at.Before(s.opens) && at.Before(s.closes) }

// IsOpen reports whether at lies within the hours.
func IsOpen(h *typev1.OpeningHours, at time.Time) bool {
	return slices.ContainsFunc(stretches(h, at, 0), func(s stretch) bool { return s.holds(at) })
}

// ClosesAt returns when it closes next, in the hours' time zone. It is false where it is closed at that moment, and where
// it never closes.
func ClosesAt(h *typev1.OpeningHours, at time.Time) (time.Time, bool) {
	all := stretches(h, at, ahead)
	for i, s := range all {
		if s.holds(at) {
			endless := i == len(all)-1 && s.closes.Sub(at) > (ahead-2)*24*time.Hour
			return s.closes, !endless
		}
	}
	return time.Time{}, false
}

// OpensAt returns the first moment from at on at which it is open, in the hours' time zone: at itself where it is open.
// It is false where it never opens.
func OpensAt(h *typev1.OpeningHours, at time.Time) (time.Time, bool) {
	for _, s := range stretches(h, at, ahead) {
		if s.holds(at) {
			return at.In(s.opens.Location()), true
		}
		if s.opens.After(at) {
			return s.opens, true
		}
	}
	return time.Time{}, false
}

// stretches returns the times of being open that start from two days before at to some days after it, in order, those that
// touch or overlap joined. A wall-clock time that a change of the clock leaves out or repeats stands for one moment, always
// the same one.
func stretches(h *typev1.OpeningHours, at time.Time, days int) []stretch {
	if Validate("hours", h) != nil {
		return nil
	}
	loc, err := Zone(h.GetTimeZone())
	if err != nil {
		return nil
	}
	var all []stretch
	year, month, today := at.In(loc).Date()
	for offset := -2; offset <= days; offset++ { // a window reaches into the next day, and ends on the one after at most
		date := time.Date(year, month, today+offset, 12, 0, 0, 0, loc) // noon exists on every day
		for _, w := range h.GetWindows() {
			if w.GetWeekday() != weekday(date) {
				continue
			}
			s := stretch{onClock(date, w.GetOpensMinute()), onClock(date, w.GetClosesMinute())}
			if s.opens.Before(s.closes) { // a window that the change of the clock swallowed is none
				all = append(all, s)
			}
		}
	}
	return join(all)
}

func join(all []stretch) []stretch {
	slices.SortFunc(all, func(a, b stretch) int { return a.opens.Compare(b.opens) })
	var out []stretch
	for _, s := range all {
		if last := len(out) - 1; last >= 0 && !s.opens.After(out[last].closes) {
			if s.closes.After(out[last].closes) {
				out[last].closes = s.closes
			}
			continue
		}
		out = append(out, s)
	}
	return out
}

func onClock(date time.Time, minute int32) time.Time {
	year, month, d := date.Date()
	return time.Date(year, month, d, 0, int(minute), 0, 0, date.Location())
}

func weekday(t time.Time) typev1.Weekday {
	if t.Weekday() == time.Sunday {
		return typev1.Weekday_WEEKDAY_SUNDAY
	}
	return typev1.Weekday(t.Weekday())
}
