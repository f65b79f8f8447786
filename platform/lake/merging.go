package lake

import (
	"context"
	"iter"

	"tiffin/platform/eventlog"
	"tiffin/platform/lake/segment"
)

// merging reads segments in the order of positions, several at a time where they overlap. One is opened when it is reached.
type merging struct {
	c       *Contents
	after   uint64
	domains []string
	todo    []segment.Info
	open    []*reading
}

// reading is one open segment, with its next event at hand.
type reading struct {
	head eventlog.Record
	next func() (eventlog.Record, error, bool)
	stop func()
}

// next returns the event with the lowest position of all; false: there is none left. Few segments overlap, so that looking
// through them is faster than keeping them sorted.
func (m *merging) next(ctx context.Context) (eventlog.Record, bool, error) {
	for {
		least := -1
		for i, r := range m.open {
			if least < 0 || r.head.Position < m.open[least].head.Position {
				least = i
			}
		}
		if len(m.todo) > 0 && (least < 0 || m.todo[0].First <= m.open[least].head.Position) {
			if err := m.reach(ctx); err != nil {
				return eventlog.Record{}, false, err
			}
			continue
		}
		if least < 0 {
			return eventlog.Record{}, false, nil
		}
		found := m.open[least].head
		if err := m.advance(least); err != nil {
			return eventlog.Record{}, false, err
		}
		if found.Position <= m.after { // the same event in two segments, which nothing makes, is one event
			continue
		}
		m.after = found.Position
		return found, true, nil
	}
}

// reach opens the next segment.
func (m *merging) reach(ctx context.Context) error {
	s, err := m.c.lake.Segment(ctx, m.todo[0])
	if err != nil {
		return err
	}
	m.todo = m.todo[1:]
	next, stop := iter.Pull2(s.Since(m.after, m.domains...))
	m.open = append(m.open, &reading{next: next, stop: stop})
	return m.advance(len(m.open) - 1)
}

// advance reads the next event of an open segment, and closes one that has none.
func (m *merging) advance(i int) error {
	r, err, ok := m.open[i].next()
	if err != nil {
		return err
	}
	if ok {
		m.open[i].head = r
		return nil
	}
	m.open[i].stop()
	m.open = append(m.open[:i], m.open[i+1:]...)
	return nil
}

func (m *merging) close() {
	for _, r := range m.open {
		r.stop()
	}
}
