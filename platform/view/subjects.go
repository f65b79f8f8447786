package view

import (
	"cmp"
	"slices"

	"tiffin/platform/eventlog"
)

// parkedSubject is a subject of the log with an event of which it isn't known what it concerns, and all that follows on it.
type parkedSubject struct {
	Subject string `bson:"subject"`
	Span    `bson:",inline"`
}

// subjects are those of a checkpoint, which stays as it is when they change.
type subjects struct {
	list   []parkedSubject
	at     map[string]int
	copied bool
}

func subjectsOf(p progress) *subjects {
	s := &subjects{list: p.Subjects, at: make(map[string]int, len(p.Subjects))}
	for i, parked := range s.list {
		s.at[parked.Subject] = i
	}
	return s
}

// hold reports whether the event is one of those that are parked, or would be.
func (s *subjects) hold(e *Event) bool {
	if len(s.list) == 0 {
		return false
	}
	i, ok := s.at[subjectOf(e)]
	return ok && e.Position >= s.list[i].From
}

func (s *subjects) own() {
	if !s.copied {
		s.list, s.copied = slices.Clone(s.list), true
	}
}

// park adds the event to its subject's.
func (s *subjects) park(e *Event) {
	s.own()
	subject := subjectOf(e)
	i, ok := s.at[subject]
	if !ok {
		i = len(s.list)
		s.at[subject] = i
		s.list = append(s.list, parkedSubject{subject, Span{e.Position, e.Position}})
	}
	s.list[i].To = max(s.list[i].To, e.Position)
}

// set replaces what is parked for a subject; nil: nothing is any more.
func (s *subjects) set(subject string, span *Span) {
	s.own()
	i, ok := s.at[subject]
	switch {
	case !ok:
	case span != nil:
		s.list[i].Span = *span
	default:
		s.list = slices.Delete(s.list, i, i+1)
		delete(s.at, subject)
		for j := i; j < len(s.list); j++ {
			s.at[s.list[j].Subject] = j
		}
	}
}

func (s *subjects) span(subject string) (Span, bool) {
	i, ok := s.at[subject]
	if !ok {
		return Span{}, false
	}
	return s.list[i].Span, true
}

func subjectOf(e *Event) string { return cmp.Or(e.Record.Subject, e.Domain+"."+e.AggregateID) }

// recordOf is what of an event is kept when it is parked.
func recordOf(e *Event) eventlog.Record {
	r := e.Record
	r.Position, r.Subject = e.Position, subjectOf(e)
	return r
}
