package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// span is one of Jaeger's, in microseconds.
type span struct {
	TraceID       string `json:"traceID"`
	SpanID        string `json:"spanID"`
	OperationName string `json:"operationName"`
	StartTime     int64  `json:"startTime"`
	Duration      int64  `json:"duration"`
	References    []reference
	Tags          []struct {
		Key   string
		Value any
	}
}

// reference is to the parent, CHILD_OF, or else a link.
type reference struct {
	RefType string `json:"refType"`
	TraceID string `json:"traceID"`
	SpanID  string `json:"spanID"`
}

func (s span) parent() string {
	for _, r := range s.References {
		if r.RefType == "CHILD_OF" {
			return r.SpanID
		}
	}
	return ""
}

func (s span) links() []reference {
	return slices.DeleteFunc(slices.Clone(s.References), func(r reference) bool { return r.RefType == "CHILD_OF" })
}

func (s span) kind() string {
	for _, t := range s.Tags {
		if t.Key == "span.kind" {
			return fmt.Sprintf(" (%v)", t.Value)
		}
	}
	return ""
}

// traces are what Jaeger has, in the order of their beginnings.
type traces struct {
	spans []span
	byID  map[string]span
}

func newTraces(spans []span) *traces {
	t := &traces{spans: spans, byID: make(map[string]span, len(spans))}
	slices.SortStableFunc(t.spans, func(a, b span) int { return cmp.Compare(a.StartTime, b.StartTime) })
	for _, s := range spans {
		t.byID[s.SpanID] = s
	}
	return t
}

// around are a click's own trace, those that link to it, and then those that these link to.
func (t *traces) around(click string) []string {
	own := []string{click}
	for _, s := range t.spans {
		if !slices.Contains(own, s.TraceID) && slices.ContainsFunc(s.links(), func(r reference) bool { return r.TraceID == click }) {
			own = append(own, s.TraceID)
		}
	}
	all := slices.Clone(own)
	for _, s := range t.spans {
		for _, r := range s.links() {
			if slices.Contains(own, s.TraceID) && !slices.Contains(all, r.TraceID) {
				all = append(all, r.TraceID)
			}
		}
	}
	return all
}

// missing names a span that is still to come; empty: all that the clicks caused is there.
func (t *traces) missing(clicks []click) string {
	for _, c := range clicks {
		around, seen := t.around(c.trace), map[string]bool{}
		for _, s := range t.spans {
			if !slices.Contains(around, s.TraceID) {
				continue
			}
			seen[s.OperationName] = true
			if p := s.parent(); p != "" && p != c.span && t.byID[p].SpanID == "" {
				return "the parent of " + s.OperationName
			}
			for _, r := range s.links() {
				if t.byID[r.SpanID].SpanID == "" && slices.Contains(around, r.TraceID) {
					return "what " + s.OperationName + " links to"
				}
			}
		}
		for _, name := range c.causes {
			if !seen[name] {
				return name
			}
		}
	}
	return ""
}

// print draws the click's trace, and below it those that are linked with it.
func (t *traces) print(w io.Writer, click string) {
	for i, id := range t.around(click) {
		title := "trace"
		if i > 0 {
			title = "linked trace"
		}
		_, _ = fmt.Fprintf(w, "%s %s\n", title, id)
		for _, s := range t.spans {
			if s.TraceID == id && t.byID[s.parent()].SpanID == "" {
				t.branch(w, s, 1)
			}
		}
	}
}

func (t *traces) branch(w io.Writer, s span, depth int) {
	indent := strings.Repeat("  ", depth)
	_, _ = fmt.Fprintf(w, "%-84s %v\n", indent+s.OperationName+s.kind(), time.Duration(s.Duration)*time.Microsecond)
	for _, r := range s.links() {
		_, _ = fmt.Fprintf(w, "%s  link → %s, trace %s\n", indent, cmp.Or(t.byID[r.SpanID].OperationName, "a span of another order"), r.TraceID)
	}
	for _, below := range t.spans {
		if below.TraceID == s.TraceID && below.parent() == s.SpanID {
			t.branch(w, below, depth+1)
		}
	}
}
