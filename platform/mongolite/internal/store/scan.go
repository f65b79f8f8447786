package store

import (
	"github.com/tidwall/btree"
)

// scan walks a plan's ranges in a version, one document at a time.
type scan struct {
	version *Version
	plan    *Plan
	at      int  // the range that is being walked
	inside  bool // whether its iterator stands in it
	docs    btree.IterG[record]
	entries btree.IterG[entry]
	// seen keeps a document with several keys from coming twice.
	seen map[string]struct{}
}

func newScan(v *Version, p *Plan) *scan {
	s := &scan{version: v, plan: p}
	if p.index == nil {
		s.docs.Init(v.docs, false)
		return s
	}
	s.entries.Init(p.index.entries, false)
	if p.index.through != 0 {
		s.seen = make(map[string]struct{})
	}
	return s
}

func (s *scan) next() (record, bool) {
	for s.at < len(s.plan.ranges) {
		i := s.at
		if s.plan.reverse {
			i = len(s.plan.ranges) - 1 - i
		}
		r, ok := s.step(s.plan.ranges[i])
		if ok {
			return r, true
		}
		s.at++
		s.inside = false
	}
	return record{}, false
}

// step takes the next document of a range.
func (s *scan) step(r keyRange) (record, bool) {
	if s.plan.index == nil {
		return s.stepDocs(r)
	}
	for move(&s.entries, r, s.plan.reverse, s.inside, func(e entry) string { return e.key }, func(k string) entry { return entry{key: k} }) {
		s.inside = true
		id := s.entries.Item().id
		if s.seen != nil {
			if _, again := s.seen[id]; again {
				continue
			}
			s.seen[id] = struct{}{}
		}
		return s.version.docs.Get(record{key: id})
	}
	return record{}, false
}

func (s *scan) stepDocs(r keyRange) (record, bool) {
	if s.plan.unique { // the range is one key
		if s.inside {
			return record{}, false
		}
		s.inside = true
		return s.version.docs.Get(record{key: r.from})
	}
	if !move(&s.docs, r, s.plan.reverse, s.inside, func(d record) string { return d.key }, func(k string) record { return record{key: k} }) {
		return record{}, false
	}
	s.inside = true
	return s.docs.Item(), true
}

// move advances an iterator within a range, or into it, and tells whether it still
// stands there.
func move[T any](it *btree.IterG[T], r keyRange, reverse, inside bool, key func(T) string, seek func(string) T) bool {
	switch {
	case inside && reverse:
		return it.Prev() && key(it.Item()) >= r.from
	case inside:
		return it.Next() && (r.to == "" || key(it.Item()) < r.to)
	case reverse:
		found := false
		if r.to != "" && it.Seek(seek(r.to)) {
			found = it.Prev() // Seek finds the first key that is not before
		} else {
			found = it.Last()
		}
		return found && key(it.Item()) >= r.from
	default:
		return it.Seek(seek(r.from)) && (r.to == "" || key(it.Item()) < r.to)
	}
}
