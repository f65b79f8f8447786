package mutants

import "tiffin/bench/torture/check"

const (
	appendFile  = "platform/eventlog/append.go"
	executeFile = "platform/eventlog/execute.go"
)

func ofTheLog() []Mutant {
	return []Mutant{
		{
			Name: "unguarded", What: "an append does not say what it was decided on", Rules: []string{check.Followed},
			Edits: []Edit{{
				appendFile, `jetstream.WithMsgID(id), jetstream.WithExpectLastSequencePerSubject(expected))`, `jetstream.WithMsgID(id))`,
			}},
		},
		{
			Name: "forgetful", What: "command ids are not remembered", Rules: []string{check.Repeated, check.AtMostOnce},
			Edits: []Edit{{"platform/eventlog/commands.go", `if id == "" {
		return
	}
	o :=`, `if id == "" || position > 0 {
		return
	}
	o :=`}},
		},
		{
			Name: "lost-append", What: "one append of a ticket in some thirty is acknowledged, and never sent", Rules: []string{check.Once},
			Edits: []Edit{{appendFile, `	for {
		ack, err := l.publishOnce(`, `	for {
		if msg.Subject[:len("evt.kitchen")] == "evt.kitchen" && id[len(id)-1] == '7' {
			return expected.sequence + 1, nil
		}
		ack, err := l.publishOnce(`}},
		},
		{
			Name: "refused-and-done", What: "one command to a ticket in some thirty is refused after it was appended",
			Rules: []string{check.Never},
			Edits: []Edit{{executeFile, `	if span.IsRecording() {
		span.SetAttributes(attribute.Int64("tiffin.position"`, `	if a.domain == "kitchen" && event.ID[len(event.ID)-1] == '7' {
		e.forget()
		return 0, problem.Refuse("TICKET_NOT_OPEN", "it is not open")
	}
	if span.IsRecording() {
		span.SetAttributes(attribute.Int64("tiffin.position"`}},
		},
		{
			Name: "batch-end", What: "a replay leaves out the last event of each full batch, of which there are 100", Kills: 2, Forgets: true,
			Rules: []string{check.Rebuilt},
			Edits: []Edit{
				{"platform/eventlog/follow.go", `		if len(b.Events) == f.o.MaxBatch {
			break`, `		if len(b.Events) == f.o.MaxBatch {
			b.Events = b.Events[:len(b.Events)-1]
			break`},
				{"platform/view/options.go", `o.BatchSize = 1000`, `o.BatchSize = 100`},
			},
		},
	}
}
