package check

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tiffin/bench/torture/history"
)

// Whatever commands come to, in whatever order, the rules hold where the log says the same, and are broken where it does not.
func TestCommandsAreHeldAgainstTheLog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newStory()
		outcomes := map[string]history.Outcome{}
		there := map[string]int{}
		for i := range rapid.IntRange(1, 20).Draw(t, "commands") {
			id := fmt.Sprintf("c%d", i)
			o := rapid.SampledFrom([]history.Outcome{history.Acknowledged, history.Refused, history.Unknown}).Draw(t, "outcome")
			taken := o == history.Acknowledged || o == history.Unknown && rapid.Bool().Draw(t, "taken")
			outcomes[id] = o
			for range rapid.IntRange(0, 2).Draw(t, "unanswered") {
				if o == history.Acknowledged || o == history.Unknown {
					s.asks(place(id, history.Unknown))
				}
			}
			at := uint64(0)
			if taken {
				at = s.happens(id, id, "", offered("x"))
				there[id]++
			}
			c := place(id, o)
			c.Position = token("courier", at)
			s.asks(c)
		}
		require.Empty(t, s.judged().Violations)

		wrong := rapid.SampledFrom(keys(outcomes)).Draw(t, "wrong")
		if there[wrong] > 0 || outcomes[wrong] == history.Refused {
			s.happens(wrong, wrong, "", offered("x"))
			require.False(t, s.judged().Sound())
		}
	})
}

// A reader that answers from where it is never breaks a rule, however far behind it is, as long as it waits for what is
// presented or says that it is stale; one that shows a step less and says nothing does.
func TestAnswersAreHeldAgainstTheLog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newStory()
		s.happens(orderID, "", "", placed())
		for range rapid.IntRange(1, 10).Draw(t, "steps") {
			if rapid.Bool().Draw(t, "other") {
				s.happens(kim, "", "", offered("x"))
			}
			s.happens(orderID, "", "", accepted())
		}
		end := uint64(len(s.events))
		of := func(at uint64) (steps int) {
			for _, e := range s.events[:at] {
				if e.AggregateID == orderID {
					steps++
				}
			}
			return steps
		}
		seen := uint64(0)
		for range rapid.IntRange(1, 10).Draw(t, "queries") {
			at := rapid.Uint64Range(1, end).Draw(t, "at")
			c := s.reads(token("kitchen", seen), token("kitchen", max(seen, at)), of(at))
			c.Stale = at < seen
			seen = max(seen, at)
		}
		s.calls = append(s.calls[:0:0], s.calls...)
		r := s.judged()
		require.NotContains(t, r.Found(), Presented)
		require.NotContains(t, r.Found(), Earlier)

		at := rapid.Uint64Range(2, end).Draw(t, "wrong")
		if steps := of(at); steps > 1 {
			s.reads(token("kitchen", at), token("kitchen", at), steps-1)
			require.Contains(t, s.judged().Found(), Presented)
		}
	})
}

func keys(of map[string]history.Outcome) []string {
	var all []string
	for i := range len(of) {
		all = append(all, fmt.Sprintf("c%d", i))
	}
	return all
}
