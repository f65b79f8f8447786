package lake

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"tiffin/platform/eventlog"
	"tiffin/platform/lake/manifest"
	"tiffin/platform/lake/segment"
)

// Contents are what was in the lake at one moment. They stay what they are.
type Contents struct {
	lake *Lake
	list manifest.List
	// segments by their first positions; last positions by domain.
	segments []segment.Info
	last     map[string]uint64
	end      uint64
}

func contentsOf(l *Lake, list manifest.List) *Contents {
	c := &Contents{lake: l, list: list, last: map[string]uint64{}}
	for _, e := range list.Exports {
		for _, s := range e.Segments {
			c.segments, c.end = append(c.segments, s), max(c.end, s.Last)
			for domain, span := range s.Domains {
				c.last[domain] = max(c.last[domain], span.Last)
			}
		}
	}
	slices.SortFunc(c.segments, func(a, b segment.Info) int { return cmp.Compare(a.First, b.First) })
	return c
}

// Generation is of eventlog.Contents.
func (c *Contents) Generation() uint64 { return c.list.Generation }

// Last is of eventlog.Contents.
func (c *Contents) Last(domains ...string) (last uint64) {
	if len(domains) == 0 {
		return c.end
	}
	for _, d := range domains {
		last = max(last, c.last[d])
	}
	return last
}

// holding are the segments with something that is wanted, by their first positions.
func (c *Contents) holding(wants func(segment.Info) bool) []segment.Info {
	var out []segment.Info
	for _, s := range c.segments {
		if wants(s) {
			out = append(out, s)
		}
	}
	return out
}

// Count is of eventlog.Contents. Only segments that begin before the position and end behind it are read for it.
func (c *Contents) Count(ctx context.Context, after uint64, domains ...string) (n uint64, err error) {
	for _, info := range c.holding(func(s segment.Info) bool { return s.Holds(after, domains...) }) {
		switch {
		case info.First <= after:
			s, err := c.lake.Segment(ctx, info)
			if err != nil {
				return 0, err
			}
			some, err := s.Count(after, domains...)
			if err != nil {
				return 0, err
			}
			n += some
		case len(domains) == 0:
			n += info.Count
		default:
			for _, d := range domains {
				n += info.Domains[d].Count
			}
		}
	}
	return n, nil
}

// Since is of eventlog.Contents.
func (c *Contents) Since(ctx context.Context, after uint64, domains ...string) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		m := merging{c: c, after: after, domains: domains, todo: c.holding(func(s segment.Info) bool { return s.Holds(after, domains...) })}
		defer m.close()
		for {
			r, ok, err := m.next(ctx)
			if err != nil {
				yield(eventlog.Record{}, err)
				return
			}
			if !ok || !yield(r, nil) {
				return
			}
		}
	}
}

// Of is of eventlog.Contents.
func (c *Contents) Of(ctx context.Context, id string, domains ...string) ([]eventlog.Record, error) {
	var found []eventlog.Record
	for _, info := range c.holding(func(s segment.Info) bool { return s.FirstID <= id && id <= s.LastID && s.Holds(0, domains...) }) {
		s, err := c.lake.Segment(ctx, info)
		if err != nil {
			return nil, err
		}
		here, err := s.Of(id, domains...)
		if err != nil {
			return nil, err
		}
		found = append(found, here...)
	}
	slices.SortFunc(found, func(a, b eventlog.Record) int { return cmp.Compare(a.Position, b.Position) })
	return found, nil
}

// At is of eventlog.Contents.
func (c *Contents) At(ctx context.Context, position uint64) (eventlog.Record, bool, error) {
	for _, info := range c.holding(func(s segment.Info) bool { return s.First <= position && position <= s.Last }) {
		s, err := c.lake.Segment(ctx, info)
		if err != nil {
			return eventlog.Record{}, false, err
		}
		if r, found, err := s.At(position); found || err != nil {
			return r, found, err
		}
	}
	return eventlog.Record{}, false, nil
}
