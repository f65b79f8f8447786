package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func child(trace, id, name, parent string, links ...string) span {
	s := span{TraceID: trace, SpanID: id, OperationName: name, Duration: 1000, StartTime: int64(id[0])}
	if parent != "" {
		s.References = append(s.References, reference{"CHILD_OF", trace, parent})
	}
	for _, l := range links {
		to, span, _ := strings.Cut(l, "/")
		s.References = append(s.References, reference{"FOLLOWS_FROM", to, span})
	}
	return s
}

// A click with an apply of its own trace, and the batch that both it and another's apply link to.
func some() []span {
	return []span{
		child("batch", "d", "project", ""), child("click", "b", "append", "a"), child("click", "a", "POST", "hand"),
		child("view", "c", "apply", "", "click/b", "batch/d"), child("other", "e", "apply", "", "batch/d"),
	}
}

var aClick = click{name: "ordering", trace: "click", span: "hand", causes: []string{"append", "project"}}

func TestTheTreeShowsWhatIsBelowAndWhatIsLinked(t *testing.T) {
	found := newTraces(some())
	require.Empty(t, found.missing([]click{aClick}))
	var out strings.Builder
	found.print(&out, "click")
	require.Equal(t, `trace click
  POST 1ms
    append 1ms
linked trace view
  apply 1ms
    link → append, trace click
    link → project, trace batch
linked trace batch
  project 1ms
`, squeezed(out.String()))
}

func TestATraceIsAwaitedUntilNothingIsMissing(t *testing.T) {
	for missing, name := range map[string]string{"a": "the parent of append", "b": "what apply links to", "c": "project", "d": "what apply links to"} {
		var rest []span
		for _, s := range some() {
			if s.SpanID != missing {
				rest = append(rest, s)
			}
		}
		require.Equal(t, name, newTraces(rest).missing([]click{aClick}), "without %s", missing)
	}
}

// squeezed leaves out what lines the durations up.
func squeezed(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		indent := len(line) - len(strings.TrimLeft(line, " "))
		out.WriteString(line[:indent] + strings.Join(strings.Fields(line), " ") + "\n")
	}
	return out.String()
}
