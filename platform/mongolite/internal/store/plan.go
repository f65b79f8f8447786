package store

import (
	"fmt"
	"slices"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/filter"
	"tiffin/platform/mongolite/internal/value"
)

// Query is what a command wants to see, in which order.
type Query struct {
	Filter *filter.Filter
	Sort   value.Order
	Skip   int64
	Limit  int64  // none if 0
	Hint   string // an index's name, or nothing
}

// Plan is how a query's documents are found: by ranges of one index, forwards or
// backwards. Every document found is matched against the whole filter again.
type Plan struct {
	Index  string
	Equal  int  // leading fields that are looked up by value
	Ranged bool // the field after them is looked up by range
	Sorted bool // the index's order is the sort's

	index   *index // nil: the documents themselves, by _id
	ranges  []keyRange
	reverse bool
	unique  bool // every field of a unique index is looked up by value
}

func (p *Plan) String() string {
	return fmt.Sprintf("index=%s equal=%d ranged=%t sorted=%t ranges=%d", p.Index, p.Equal, p.Ranged, p.Sorted, len(p.ranges))
}

// Plan chooses an index. The rules are few, so that what a query does can be told
// from its filter, its sort and the indexes:
//
//  1. the index of the hint;
//  2. an index that names a single document, or several by a list of values;
//  3. the index with the most leading fields that are looked up by value;
//  4. among those, the one that has the sort's order, so that a limit ends the scan;
//  5. among those, the one that looks up a range of its next field;
//  6. else all documents, by _id.
func (v *Version) Plan(q Query) (*Plan, error) {
	if key, found := q.Filter.ID(); found && q.Hint == "" { // most reads and writes
		return &Plan{Index: byID.Name, Equal: 1, Sorted: true, unique: true, ranges: []keyRange{{from: string(key)}}}, nil
	}
	constraints := make(map[string][][]filter.Interval)
	for _, c := range q.Filter.Constraints() {
		constraints[c.Path] = append(constraints[c.Path], c.Intervals)
	}
	best := newPlan(byID, nil, constraints, q.Sort)
	if q.Hint == byID.Name || best.unique && q.Hint == "" {
		return best, nil
	}
	for _, ix := range v.indexes {
		p := newPlan(ix.Index, ix, constraints, q.Sort)
		if q.Hint == ix.Name {
			return p, nil
		}
		if p.rank() > best.rank() {
			best = p
		}
	}
	if q.Hint != "" {
		return nil, failure.New(failure.BadValue, "error processing query: planner returned error: "+
			"hint provided does not correspond to an existing index: %s", q.Hint)
	}
	return best, nil
}

// rank puts the rules of Plan into one number.
func (p *Plan) rank() int {
	rank := p.Equal << 2
	if p.unique {
		rank |= 1 << 16
	}
	if p.Sorted {
		rank |= 2
	}
	if p.Ranged {
		rank |= 1
	}
	return rank
}

// maxPoints bounds how many combinations of values are looked up one by one.
const maxPoints = 10_000

func newPlan(spec Index, ix *index, constraints map[string][][]filter.Interval, sort value.Order) *Plan {
	p := &Plan{Index: spec.Name, index: ix}
	var through uint32
	if ix != nil {
		through = ix.through
	}
	prefixes := []string{""}
	single := 0 // leading fields with one value each
	for i, f := range spec.Order {
		intervals := narrow(constraints[f.Path.String()], through&(1<<i) != 0)
		if intervals == nil {
			break
		}
		if !points(intervals) || len(prefixes)*len(intervals) > maxPoints {
			p.Ranged = true
			p.ranges = under(prefixes, intervals, f.Descending)
			break
		}
		p.Equal++
		if len(intervals) == 1 && single == i {
			single++
		}
		prefixes = extend(prefixes, intervals, f.Descending)
	}
	if !p.Ranged {
		p.ranges = make([]keyRange, len(prefixes))
		for i, prefix := range prefixes {
			p.ranges[i] = keyRange{from: prefix, to: after(prefix)}
		}
	}
	p.unique = spec.Unique && p.Equal == len(spec.Order)
	p.Sorted, p.reverse = p.serves(sort, spec.Order, single, through)
	return p
}

// serves tells whether the index's order, after the fields with a single value, is
// the sort's, and in which direction.
func (p *Plan) serves(sort, order value.Order, single int, through uint32) (sorted, reverse bool) {
	bounded := p.Equal
	if p.Ranged {
		bounded++
	}
	if !slices.ContainsFunc(order, func(f value.Field) bool { return f.Path.String() == "_id" }) {
		order = append(slices.Clone(order), byID.Order[0]) // keys end with the _id
	}
	at, decided := single, false
	for _, f := range sort {
		fixed := slices.IndexFunc(order[:single], func(o value.Field) bool { return o.Path.String() == f.Path.String() })
		if fixed >= 0 && through&(1<<fixed) == 0 {
			continue // has one value only
		}
		if at >= len(order) || order[at].Path.String() != f.Path.String() {
			return false, false
		}
		if at < bounded && through&(1<<at) != 0 {
			return false, false // the sort counts elements that the bounds leave out
		}
		if backwards := order[at].Descending != f.Descending; !decided {
			reverse, decided = backwards, true
		} else if reverse != backwards {
			return false, false
		}
		at++
	}
	return true, reverse
}

// narrow combines what is known about one field. Where the field leads through
// arrays, different elements may satisfy different conditions, so only one of
// them may be used.
func narrow(known [][]filter.Interval, through bool) []filter.Interval {
	if len(known) == 0 {
		return nil
	}
	best := known[0]
	for _, next := range known[1:] {
		switch {
		case !through:
			best = filter.Intersect(best, next)
		case points(next) && (!points(best) || len(next) < len(best)):
			best = next
		}
	}
	return best
}

func points(intervals []filter.Interval) bool {
	return !slices.ContainsFunc(intervals, func(i filter.Interval) bool { return !i.Point })
}
