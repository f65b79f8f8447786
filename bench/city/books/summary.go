package books

import (
	"maps"
	"slices"
	"time"
)

// Summary is what a book says at a time.
type Summary struct {
	Seconds    float64        `json:"seconds"`
	Placed     int            `json:"placed"`
	Open       []string       `json:"open,omitempty"`
	Outcomes   map[string]int `json:"outcomes"`
	Steps      []StepTimes    `json:"steps"`
	Violations []Violation    `json:"violations"`
}

// StepTimes is how long it took from the order to a step, in seconds.
type StepTimes struct {
	Step  Step    `json:"step"`
	Count int     `json:"count"`
	P50   float64 `json:"p50_seconds"`
	P99   float64 `json:"p99_seconds"`
}

// Close notes every order that has no end: from here on none is to come.
func (b *Book) Close() { b.Overdue(-1) }

// Summary is safe to be asked for at any time.
func (b *Book) Summary() Summary {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := Summary{
		Seconds: b.now().Sub(b.began).Seconds(), Placed: b.placed, Outcomes: maps.Clone(b.outcomes), Violations: slices.Clone(b.violations),
	}
	for id, o := range b.orders {
		if o.ours && o.outcome == "" {
			s.Open = append(s.Open, id)
		}
	}
	slices.Sort(s.Open)
	for _, step := range Steps {
		if t := b.steps[step]; t != nil {
			s.Steps = append(s.Steps, StepTimes{step, t.Count(), seconds(t.Quantile(0.5)), seconds(t.Quantile(0.99))})
		}
	}
	return s
}

// seconds keeps what a quantile of a few milliseconds is exact to.
func seconds(d time.Duration) float64 { return d.Round(time.Microsecond).Seconds() }

// Placed is how many orders were placed, or tried to be.
func (b *Book) Placed() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.placed
}
