package report

import "fmt"

// Floor is what a row is to reach.
type Floor struct {
	AtMost bool    `json:"at_most"`
	Limit  float64 `json:"limit"`
}

// AtLeast is a floor from below.
func AtLeast(limit float64) Floor { return Floor{Limit: limit} }

// AtMost is a floor from above: less is better.
func AtMost(limit float64) Floor { return Floor{AtMost: true, Limit: limit} }

func (f Floor) String() string {
	if f.AtMost {
		return fmt.Sprintf("≤ %g", f.Limit)
	}
	return fmt.Sprintf("≥ %g", f.Limit)
}

// reach is by what factor a figure is better than the floor; below 1 it misses it.
func (f Floor) reach(figure float64) float64 {
	if f.AtMost {
		return f.Limit / figure
	}
	return figure / f.Limit
}

// Row is one line of the report.
type Row struct {
	// Name is what selects the row; What says in words what it compares.
	Name, What string
	// Value is what was measured, in Unit.
	Value float64
	Unit  string
	// Ceiling is what the machine gives at best, in the same unit and measured in the same run; 0 where the floor is one of
	// the value itself.
	Ceiling float64
	Floor   Floor
	// Misses says what else was to hold and did not; empty where all did.
	Misses string
	// Note says what the figure can't.
	Note string
}

// Ratio is value over ceiling; 0 without a ceiling.
func (r Row) Ratio() float64 {
	if r.Ceiling == 0 {
		return 0
	}
	return r.Value / r.Ceiling
}

// figure is what the floor is about.
func (r Row) figure() float64 {
	if r.Ceiling == 0 {
		return r.Value
	}
	return r.Ratio()
}

// Reach is by what factor the row is better than its floor.
func (r Row) Reach() float64 { return r.Floor.reach(r.figure()) }

// Passes reports whether the row reaches its floor, and whatever else was to hold.
func (r Row) Passes() bool { return r.Reach() >= 1 && r.Misses == "" }

// Verdict is pass or below.
func (r Row) Verdict() string {
	if r.Passes() {
		return "pass"
	}
	return "below"
}

// String is the row's figure beside its floor.
func (r Row) String() string {
	figure := number(r.figure())
	if r.Ceiling == 0 {
		figure += " " + r.Unit
	}
	text := figure + ", floor " + r.Floor.String()
	if !r.Passes() {
		text += ", below"
	}
	return text
}

// remark is what stands at the end of the line.
func (r Row) remark() string {
	switch {
	case r.Misses != "" && r.Note != "":
		return r.Misses + "; " + r.Note
	default:
		return r.Misses + r.Note
	}
}
