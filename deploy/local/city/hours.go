package city

import (
	"fmt"

	typev1 "tiffin/gen/tiffin/type/v1"
)

const (
	monday   = typev1.Weekday_WEEKDAY_MONDAY
	thursday = typev1.Weekday_WEEKDAY_THURSDAY
	friday   = typev1.Weekday_WEEKDAY_FRIDAY
	saturday = typev1.Weekday_WEEKDAY_SATURDAY
	sunday   = typev1.Weekday_WEEKDAY_SUNDAY
)

// rule is a window that is the same from one weekday to another, in hours of the clock; above 24 is the next day.
type rule struct {
	from, to      typev1.Weekday
	opens, closes int32
}

// patterns are the ways in which the city's restaurants are open.
var patterns = map[string][]rule{
	"around the clock": {{monday, sunday, 0, 24}},
	"breakfast":        {{monday, friday, 5, 15}, {saturday, sunday, 5, 17}},
	"day":              {{monday, sunday, 9, 21}},
	"all day":          {{monday, thursday, 11, 23}, {friday, saturday, 11, 25}, {sunday, sunday, 12, 22}},
	"lunch and dinner": {{monday, friday, 11, 15}, {monday, friday, 17, 23}, {saturday, sunday, 12, 23}},
	"dinner":           {{monday, thursday, 17, 24}, {friday, sunday, 16, 25}},
	"night":            {{monday, sunday, 17, 29}},
}

func openingHours(pattern string) (*typev1.OpeningHours, error) {
	rules, ok := patterns[pattern]
	if !ok {
		return nil, fmt.Errorf("%q is none of the opening hours", pattern)
	}
	opening := &typev1.OpeningHours{TimeZone: "Europe/Berlin"}
	for _, r := range rules {
		for day := r.from; day <= r.to; day++ {
			opening.Windows = append(opening.Windows, &typev1.OpeningWindow{
				Weekday: day, OpensMinute: r.opens * 60, ClosesMinute: r.closes * 60,
			})
		}
	}
	return opening, nil
}
