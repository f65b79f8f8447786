// Package filter owns MongoDB's query predicates: parsing them, matching raw documents, and the intervals that a planner may look up in an index.
// Its callers own where documents come from; they match every candidate again, since intervals only narrow.
// An operator that is not on ADR 0003's list is an error when the filter is parsed, never a filter that matches something else.
package filter
