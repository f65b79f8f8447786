package mutants

import "tiffin/bench/torture/check"

const commandsFile = "platform/process/commands.go"

func ofProcesses() []Mutant {
	return []Mutant{
		{
			Name: "sent-anew", What: "a process sends each command under an id that it makes up", Rules: []string{check.Caused},
			Edits: []Edit{{commandsFile, `	return p.send(ctx, eventlog.Command{ID: id, CorrelationID: e.AggregateID, CausationID: e.ID}, request)
`, `	once := p.o.Now().Format("150405.000000000")
	answer, err := p.send(ctx, eventlog.Command{ID: id + "-" + once, CorrelationID: e.AggregateID, CausationID: e.ID}, request)
	if answer != nil {
		answer.CommandId = id
	}
	return answer, err
`}},
		},
		{
			Name: "outcome-lost", What: "one outcome of a command in seven is not recorded", Rules: []string{check.Outcomes},
			Edits: []Edit{{commandsFile, `	cause := &processv1.Step{Cause: &processv1.Step_Answer{Answer: answer}}
`, `	if e.Position%7 == 0 {
		done()
		return nil
	}
	cause := &processv1.Step{Cause: &processv1.Step_Answer{Answer: answer}}
`}},
		},
		{
			Name: "not-begun", What: "one input of a process in fifty is taken for no news", Rules: []string{check.Ended, check.Outcomes},
			Edits: []Edit{{
				"platform/process/state.go", `return in, cause.Input.GetPosition() > s.input`,
				`return in, cause.Input.GetPosition() > s.input && cause.Input.GetPosition()%53 != 0`,
			}},
		},
	}
}
