package hours_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/hours"
	"tiffin/platform/problem"
)

func week(zone string, windows ...*typev1.OpeningWindow) *typev1.OpeningHours {
	return &typev1.OpeningHours{TimeZone: zone, Windows: windows}
}

func window(day typev1.Weekday, opens, closes int32) *typev1.OpeningWindow {
	return &typev1.OpeningWindow{Weekday: day, OpensMinute: opens, ClosesMinute: closes}
}

func moment(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

const (
	mon = typev1.Weekday_WEEKDAY_MONDAY
	fri = typev1.Weekday_WEEKDAY_FRIDAY
	sat = typev1.Weekday_WEEKDAY_SATURDAY
	sun = typev1.Weekday_WEEKDAY_SUNDAY
)

func always() *typev1.OpeningHours {
	h := week("Europe/Berlin")
	for d := mon; d <= sun; d++ {
		h.Windows = append(h.Windows, window(d, 0, 1440))
	}
	return h
}

func TestHours(t *testing.T) {
	lunch := week("Europe/Berlin", window(mon, 11*60, 14*60))
	late := week("Europe/Berlin", window(fri, 18*60, 26*60))
	week2 := week("Europe/Berlin", window(sun, 20*60, 28*60), window(mon, 4*60, 5*60))
	spring := week("Europe/Berlin", window(sat, 22*60, 28*60), window(sun, 150, 170))
	autumn := week("Europe/Berlin", window(sat, 22*60, 28*60))
	for _, c := range []struct {
		name          string
		hours         *typev1.OpeningHours
		at            string
		open          bool
		closes, opens string // "" for never
	}{
		{"in the window", lunch, "2026-11-23T12:00:00+01:00", true, "2026-11-23T14:00:00+01:00", "2026-11-23T12:00:00+01:00"},
		{"the first moment counts", lunch, "2026-11-23T11:00:00+01:00", true, "2026-11-23T14:00:00+01:00", "2026-11-23T11:00:00+01:00"},
		{"the last moment does not", lunch, "2026-11-23T14:00:00+01:00", false, "", "2026-11-30T11:00:00+01:00"},
		{"before the window", lunch, "2026-11-23T10:59:59+01:00", false, "", "2026-11-23T11:00:00+01:00"},
		{"the moment may come in another zone", lunch, "2026-11-23T10:30:00Z", true, "2026-11-23T13:00:00Z", "2026-11-23T10:30:00Z"},
		{"past midnight", late, "2026-11-28T01:30:00+01:00", true, "2026-11-28T02:00:00+01:00", "2026-11-28T01:30:00+01:00"},
		{"after the end past midnight", late, "2026-11-28T02:00:00+01:00", false, "", "2026-12-04T18:00:00+01:00"},
		{"past midnight into the next week, and joined", week2, "2026-11-23T01:00:00+01:00", true, "2026-11-23T05:00:00+01:00", "2026-11-23T01:00:00+01:00"},
		{"the clock goes forward: an hour less", spring, "2026-03-29T03:30:00+02:00", true, "2026-03-29T04:00:00+02:00", "2026-03-29T03:30:00+02:00"},
		{"the clock goes back: the second 02:30", autumn, "2026-10-25T02:30:00+01:00", true, "2026-10-25T04:00:00+01:00", "2026-10-25T02:30:00+01:00"},
		{"round the clock", always(), "2026-11-23T12:00:00+01:00", true, "", "2026-11-23T12:00:00+01:00"},
		{"no windows", week("Europe/Berlin"), "2026-11-23T12:00:00+01:00", false, "", ""},
		{"hours that can't be read", week("Berlin", window(mon, 0, 1440)), "2026-11-23T12:00:00+01:00", false, "", ""},
		{"no hours", nil, "2026-11-23T12:00:00+01:00", false, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			at := moment(t, c.at)
			if got := hours.IsOpen(c.hours, at); got != c.open {
				t.Errorf("open: %v", got)
			}
			closes, ok := hours.ClosesAt(c.hours, at)
			check(t, "closes", closes, ok, c.closes)
			opens, ok := hours.OpensAt(c.hours, at)
			check(t, "opens", opens, ok, c.opens)
		})
	}
}

func check(t *testing.T, what string, got time.Time, ok bool, want string) {
	t.Helper()
	if ok != (want != "") || ok && !got.Equal(moment(t, want)) {
		t.Errorf("%s at %v (%v), want %q", what, got, ok, want)
	}
}

func TestTheAnswersAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := week(rapid.SampledFrom([]string{"Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"}).Draw(t, "zone"))
		for range rapid.IntRange(0, 8).Draw(t, "windows") {
			opens := rapid.Int32Range(0, 1439).Draw(t, "opens")
			day := typev1.Weekday(rapid.Int32Range(1, 7).Draw(t, "day"))
			h.Windows = append(h.Windows, window(day, opens, opens+rapid.Int32Range(1, 1440).Draw(t, "length")))
		}
		at := time.Unix(rapid.Int64Range(1_700_000_000, 1_900_000_000).Draw(t, "at"), 0)
		opens, ok := hours.OpensAt(h, at)
		if !ok {
			if len(h.Windows) > 0 {
				t.Fatal("never opens, in spite of its windows")
			}
			return
		}
		if opens.Before(at) || !hours.IsOpen(h, opens) {
			t.Fatalf("opens at %v, but is closed then", opens)
		}
		if opens.After(at) && (hours.IsOpen(h, at) || hours.IsOpen(h, opens.Add(-time.Second))) {
			t.Fatalf("opens at %v, but was open before", opens)
		}
		if closes, ok := hours.ClosesAt(h, opens); ok && (hours.IsOpen(h, closes) || !hours.IsOpen(h, closes.Add(-time.Second))) {
			t.Fatalf("closes at %v, but not then", closes)
		}
	})
}

func TestValidate(t *testing.T) {
	many := week("Europe/Berlin")
	for range 29 {
		many.Windows = append(many.Windows, window(mon, 0, 10))
	}
	for name, c := range map[string]struct {
		hours *typev1.OpeningHours
		field string // "" for fine
	}{
		"fine":            {week("Asia/Kolkata", window(mon, 0, 1440)), ""},
		"never open":      {week("UTC"), ""},
		"none":            {nil, "hours"},
		"no zone":         {week(""), "hours.time_zone"},
		"this machine's":  {week("Local"), "hours.time_zone"},
		"unknown zone":    {week("Mars/Olympus"), "hours.time_zone"},
		"a path":          {week("../etc/passwd"), "hours.time_zone"},
		"too many":        {many, "hours.windows"},
		"no weekday":      {week("UTC", window(0, 0, 10)), "hours.windows[0]"},
		"eighth weekday":  {week("UTC", window(8, 0, 10)), "hours.windows[0]"},
		"opens tomorrow":  {week("UTC", window(mon, 1440, 1450)), "hours.windows[0]"},
		"opens yesterday": {week("UTC", window(mon, -1, 10)), "hours.windows[0]"},
		"backwards":       {week("UTC", window(mon, 600, 600)), "hours.windows[0]"},
		"over a day":      {week("UTC", window(mon, 600, 2041)), "hours.windows[0]"},
	} {
		t.Run(name, func(t *testing.T) {
			err := hours.Validate("hours", c.hours)
			if c.field == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			var p *problem.Problem
			if !errors.As(err, &p) || p.Kind != problem.Invalid || p.Violations[0].Field != c.field {
				t.Fatalf("%v, want a violation of %s", err, c.field)
			}
		})
	}
}
