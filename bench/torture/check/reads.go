package check

import (
	"strings"
	"time"

	"tiffin/bench/torture/history"
	"tiffin/platform/eventlog"
	"tiffin/platform/position"
)

// The rules of answers.
const (
	Presented = "an answer is not behind what it says that it has seen"
	Earlier   = "an answer is not behind an earlier one to the same client"
)

// reads holds what clients were shown against the log: a document tells by what it shows how far it is. What says itself that it
// is stale may be as old as it likes, but counts as an earlier answer.
type reads struct {
	unmoved
	documents documents
	// shown is what each client was shown of a document, and streams where each live stream is.
	shown   map[look][]glimpse
	streams map[int64]glimpse
}

type look struct{ client, kind, id string }

// glimpse is how far a document was, when that was known, and the position that came with it.
type glimpse struct {
	ended time.Duration
	step  int
	at    uint64
}

func newReads() *reads {
	return &reads{documents: newDocuments(), shown: map[look][]glimpse{}, streams: map[int64]glimpse{}}
}

func (r *reads) event(e eventlog.Event, _ tell) { r.documents.event(e) }

func (r *reads) call(c history.Call, broken tell) {
	if c.Kind == history.Command || len(c.Shown) == 0 {
		return
	}
	// What was presented is in the answer's token, too, where there is one; a stale answer does not say what it has seen.
	seen := history.Seen(c.Presented).Merge(history.Seen(c.Position))
	began, last := c.Began, r.streams[c.Stream]
	if c.Kind == history.Notice && last.ended > 0 {
		began = last.ended // it is behind the one before, on the same connection
	}
	for _, s := range c.Shown {
		r.judge(c, s, began, seen, broken)
	}
	if c.Kind == history.Notice {
		r.streams[c.Stream] = glimpse{ended: c.Ended}
	}
}

func (r *reads) judge(c history.Call, s history.Shown, began time.Duration, seen position.Token, broken tell) {
	want := r.documents.want(s.Kind, seen)
	step, known := r.documents.step(s)
	if !known { // such a document never was: the views tell, if it is one of theirs
		return
	}
	where := c.Method + " " + strings.SplitN(c.Path, "?", 2)[0]
	if need := r.documents.due(s.Kind, s.ID, want); !c.Stale && step < need {
		broken(Presented, s.ID, "%s of %s shows step %d, and has seen up to %d, by which it was at %d", where, c.Client, step, want, need)
	}
	key := look{c.Client, s.Kind, s.ID}
	best := -1
	for _, g := range r.shown[key] {
		if g.ended <= began && g.at <= want {
			best = max(best, g.step)
		}
	}
	if !c.Stale && step < best {
		broken(Earlier, s.ID, "%s of %s shows step %d, and showed %d before", where, c.Client, step, best)
	}
	// Most of what follows says no more than what was seen before: no later step, and not without a position either.
	now, all := glimpse{c.Ended, step, r.documents.want(s.Kind, history.Seen(c.Position))}, r.shown[key]
	if n := len(all); n == 0 || all[n-1].step < now.step || all[n-1].at > now.at {
		r.shown[key] = append(all, now)
	}
}
