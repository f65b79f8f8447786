package process

import (
	"context"
	"strings"
	"sync"
	"time"

	processv1 "tiffin/gen/tiffin/process/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/pause"
)

// holding are the acceptances that wait to be recorded, by their processes. It is safe for concurrent use.
type holding struct {
	mu   sync.Mutex
	byID map[string]*held
}

// held are those of one process.
type held struct {
	since   time.Time
	answers []*processv1.Answer
	// recorded is called for each of them when it is.
	recorded []func()
	// queued says that they are about to be recorded, whatever is decided.
	queued bool
}

func newHolding() *holding { return &holding{byID: map[string]*held{}} }

// of returns the acceptances of a process.
func (h *holding) of(id string) []*processv1.Answer {
	h.mu.Lock()
	defer h.mu.Unlock()
	if on := h.byID[id]; on != nil {
		return on.answers[:len(on.answers):len(on.answers)]
	}
	return nil
}

// add holds an acceptance, once however often it is added. Recorded is called at most as often.
func (h *holding) add(id string, a *processv1.Answer, recorded func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	on := h.byID[id]
	if on == nil {
		on = &held{since: time.Now()}
		h.byID[id] = on
	}
	for i, b := range on.answers {
		if b.GetCommandId() == a.GetCommandId() {
			on.recorded[i] = recorded
			return
		}
	}
	on.answers, on.recorded = append(on.answers, a), append(on.recorded, recorded)
}

// drop lets go of acceptances that are recorded.
func (h *holding) drop(id string, answers []*processv1.Answer) {
	h.mu.Lock()
	var recorded []func()
	if on := h.byID[id]; on != nil {
		known := map[string]bool{}
		for _, a := range answers {
			known[a.GetCommandId()] = true
		}
		var left held
		for i, a := range on.answers {
			if known[a.GetCommandId()] {
				recorded = append(recorded, on.recorded[i])
				continue
			}
			left.answers, left.recorded = append(left.answers, a), append(left.recorded, on.recorded[i])
		}
		on.answers, on.recorded, on.queued = left.answers, left.recorded, false
		if len(on.answers) == 0 {
			delete(h.byID, id)
		}
	}
	h.mu.Unlock()
	for _, f := range recorded {
		f()
	}
}

// late returns the processes whose acceptances have waited since before then, each once until some are dropped.
func (h *holding) late(then time.Time) (ids []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for id, on := range h.byID {
		if !on.queued && on.since.Before(then) {
			on.queued = true
			ids = append(ids, id)
		}
	}
	return ids
}

// recordLate records what has waited in vain, until ctx ends.
func (p *Processes[S, C, E]) recordLate(ctx context.Context, l *lanes, h *holding) error {
	for {
		if err := pause.For(ctx, p.o.HoldFor/2); err != nil {
			return err
		}
		for _, id := range h.late(time.Now().Add(-p.o.HoldFor)) {
			l.add(ctx, id, func(ctx context.Context) error { return p.recordHeld(ctx, id, h) })
		}
	}
}

func (p *Processes[S, C, E]) recordHeld(ctx context.Context, id string, h *holding) error {
	if err := p.o.Taking("record"); err != nil {
		return err
	}
	answers := h.of(id)
	if len(answers) == 0 {
		return nil
	}
	decidedIn, _, _ := strings.Cut(answers[0].GetCommandId(), ".")
	ctx = eventlog.WithCommand(ctx, eventlog.Command{CorrelationID: id, CausationID: decidedIn})
	_, err := p.aggregate.Execute(ctx, id, func(s State[S]) (E, error) { return p.d.Late(s, answers...), nil })
	if err == nil {
		h.drop(id, answers)
	}
	return err
}
