package check

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

// Report is what came of a check.
type Report struct {
	// Events of the log, and the commands, queries and notices of the history. A command that was repeated counts once, as what
	// is known of it in the end.
	Events       uint64 `json:"events"`
	Acknowledged int    `json:"acknowledged"`
	Refused      int    `json:"refused"`
	Unknown      int    `json:"unknown"`
	Queries      int    `json:"queries"`
	Notices      int    `json:"notices"`
	// Stale is how many of the queries and notices said that they are.
	Stale int `json:"stale"`
	// Documents that were compared with a rebuild, and Payments with the processor's file.
	Documents int `json:"documents"`
	Payments  int `json:"payments"`
	// Broken is how often each rule is; Violations tell of the first ones.
	Broken     map[string]int `json:"broken,omitempty"`
	Violations []Violation    `json:"violations,omitempty"`
}

// Violation is a rule that does not hold.
type Violation struct {
	Rule string `json:"rule"`
	// ID of what it was broken by: a command, an aggregate, a document.
	ID  string `json:"id"`
	How string `json:"how"`
}

// most violations of a rule are told; where more are, something is wrong with all.
const most = 100

func (r *Report) broken(rule, id, how string, args ...any) {
	if r.Broken == nil {
		r.Broken = map[string]int{}
	}
	if r.Broken[rule]++; r.Broken[rule] <= most {
		r.Violations = append(r.Violations, Violation{rule, id, fmt.Sprintf(how, args...)})
	}
}

// Sound reports whether everything holds.
func (r Report) Sound() bool { return len(r.Broken) == 0 }

// Found names the rules that are broken, the one that is most often first.
func (r Report) Found() []string {
	return slices.SortedFunc(maps.Keys(r.Broken), func(a, b string) int {
		if r.Broken[a] != r.Broken[b] {
			return r.Broken[b] - r.Broken[a]
		}
		return strings.Compare(a, b)
	})
}

// shownOfEach is how many violations of a rule are printed.
const shownOfEach = 5

// Write prints it for a person.
func (r Report) Write(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "commands\t%d acknowledged, %d refused, %d unknown\n", r.Acknowledged, r.Refused, r.Unknown)
	fmt.Fprintf(t, "answers\t%d queries, %d notices, %d of them stale\n", r.Queries, r.Notices, r.Stale)
	fmt.Fprintf(t, "compared\t%d events, %d documents, %d payments\n", r.Events, r.Documents, r.Payments)
	for _, rule := range Rules() {
		n := r.Broken[rule]
		if n == 0 {
			fmt.Fprintf(t, "holds\t%s\n", rule)
			continue
		}
		fmt.Fprintf(t, "BROKEN\t%s: %d times\n", rule, n)
		left := shownOfEach
		for _, v := range r.Violations {
			if v.Rule == rule && left > 0 {
				left--
				fmt.Fprintf(t, "\t  %s: %s\n", v.ID, v.How)
			}
		}
	}
	return t.Flush()
}

// Rules names all rules, as the report tells of them.
func Rules() []string {
	return []string{
		Once, Never, AtMostOnce, Repeated, Told, Presented, Earlier, Followed, Gapless, Readable, Nothing,
		Ended, Outcomes, Caused, OneDelivery, Balanced, Rebuilt,
	}
}
