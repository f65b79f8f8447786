package mutants

import "tiffin/bench/torture/check"

const (
	applyFile = "platform/view/apply.go"
	waitFile  = "platform/view/wait.go"
)

// Where a crash must fall into a moment between two steps, the moment is made longer: the bug is the same, and is met sooner.
func ofViews() []Mutant {
	return []Mutant{
		{
			Name: "checkpoint-first", What: "the checkpoint moves before the documents are written", Kills: 4,
			Rules: []string{check.Rebuilt},
			Edits: []Edit{{applyFile, `		out.writeStart = time.Now()
`, `		if err := a.move(ctx, p.next(a, events, pending), p.parked); err != nil {
			return out, err
		}
		time.Sleep(50 * time.Millisecond)
		out.writeStart = time.Now()
`}},
		},
		{
			Name: "applied-twice", What: "an event that a document has already taken in is applied again after a crash", Kills: 4,
			Rules: []string{check.Rebuilt},
			Edits: []Edit{
				{"platform/view/fold.go", `case l.failed, e.Position <= d.Position:`, `case l.failed:`},
				{applyFile, `		out.writeEnd = time.Now()
`, `		out.writeEnd = time.Now()
		time.Sleep(50 * time.Millisecond)
`},
			},
		},
		{
			Name: "passed-over", What: "an event that can't be routed, one in a hundred, is neither parked nor applied",
			Rules: []string{check.Rebuilt},
			Edits: []Edit{{applyFile, `		ids, err := a.spec.route(e)
`, `		if e.Position%101 == 0 {
			continue
		}
		ids, err := a.spec.route(e)
`}},
		},
		{
			Name: "ahead-of-itself", What: "a reader says that it has reached what it was presented, and does not wait",
			Rules: []string{check.Presented},
			Edits: []Edit{{waitFile, `reached, astray, moved := v.at.Position >= want,`, `reached, astray, moved := true,`}},
		},
		{
			Name: "stale-untold", What: "a reader that has waited for too long, a millisecond, does not say that it is stale",
			Rules: []string{check.Presented},
			Edits: []Edit{
				{waitFile, `		case <-bound:
			return true, nil`, `		case <-bound:
			return false, nil`},
				{"platform/view/options.go", `o.WaitBound = 5 * time.Second`, `o.WaitBound = time.Millisecond`},
			},
		},
		{
			Name: "understated", What: "an acknowledgement tells the position before its own", Rules: []string{check.Told},
			Edits: []Edit{{"platform/bff/position.go", `eventlog.DomainOf(events): at}`, `eventlog.DomainOf(events): at - 1}`}},
		},
	}
}
