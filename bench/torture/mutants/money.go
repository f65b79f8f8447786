package mutants

import "tiffin/bench/torture/check"

const processorFile = "services/payment/gateway/processor.go"

func ofMoney() []Mutant {
	return []Mutant{
		{
			Name: "another-key", What: "the card processor is asked under another key each time", Rules: []string{check.Balanced},
			Edits: []Edit{
				{processorFile, `r.Header.Set("Idempotency-Key", op.ID)`, `r.Header.Set("Idempotency-Key", fmt.Sprintf("%s-%p", op.ID, r))`},
				{processorFile, `	if o.ID != operationID {`, `	if o.ID = operationID; o.ID == "" {`},
			},
		},
	}
}
