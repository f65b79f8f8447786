package store

import (
	"bytes"
	"context"
	"slices"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
)

// Rows are a query's documents, one at a time, in order.
type Rows struct {
	query   Query
	scan    *scan
	skipped int64
	given   int64
	visited uint

	// Where no index has the sort's order, all matches are sorted first.
	sorting bool
	sorted  []sortable
}

type sortable struct {
	key []byte
	doc bsoncore.Document
}

// Find begins a query. The rows stay as they are in this version.
func (v *Version) Find(q Query) (*Rows, error) {
	p, err := v.Plan(q)
	if err != nil {
		return nil, err
	}
	return &Rows{query: q, scan: newScan(v, p), sorting: !p.Sorted}, nil
}

// Next gives the next document, or nil at the end. The context bounds the search
// for it.
func (r *Rows) Next(ctx context.Context) (bsoncore.Document, error) {
	if r.query.Limit > 0 && r.given == r.query.Limit {
		return nil, nil
	}
	if r.sorting {
		if err := r.sort(ctx); err != nil {
			return nil, err
		}
		r.sorting = false
	}
	for {
		doc, err := r.next(ctx)
		if doc == nil || err != nil {
			return nil, err
		}
		if r.skipped < r.query.Skip {
			r.skipped++
			continue
		}
		r.given++
		return doc, nil
	}
}

func (r *Rows) next(ctx context.Context) (bsoncore.Document, error) {
	if r.scan == nil {
		if len(r.sorted) == 0 {
			return nil, nil
		}
		doc := r.sorted[0].doc
		r.sorted = r.sorted[1:]
		return doc, nil
	}
	return r.match(ctx)
}

// match scans on to the next document that passes the filter.
func (r *Rows) match(ctx context.Context) (bsoncore.Document, error) {
	for {
		if r.visited++; r.visited%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		rec, ok := r.scan.next()
		if !ok {
			return nil, nil
		}
		if r.query.Filter.Matches(rec.doc) {
			return rec.doc, nil
		}
	}
}

// sort takes all matches and keeps those that skip and limit let through.
func (r *Rows) sort(ctx context.Context) error {
	keep := int64(0)
	if r.query.Limit > 0 && r.query.Skip < 1<<20 && r.query.Limit < 1<<20 {
		keep = r.query.Skip + r.query.Limit
	}
	for {
		doc, err := r.match(ctx)
		if err != nil {
			return err
		}
		if doc == nil {
			break
		}
		keys, err := r.query.Sort.Keys(doc)
		if err != nil {
			return failure.New(failure.BadValue, "cannot sort with keys that are parallel arrays")
		}
		r.sorted = append(r.sorted, sortable{key: keys.All[0], doc: doc})
		if keep > 0 && int64(len(r.sorted)) >= 2*keep+64 {
			r.order()
			r.sorted = slices.Delete(r.sorted, int(keep), len(r.sorted))
		}
	}
	r.order()
	r.scan = nil
	return nil
}

func (r *Rows) order() {
	slices.SortStableFunc(r.sorted, func(a, b sortable) int { return bytes.Compare(a.key, b.key) })
}

// Count counts a query's documents.
func (v *Version) Count(ctx context.Context, q Query) (int64, error) {
	if q.Filter.IsEmpty() && q.Hint == "" {
		n := max(0, int64(v.Len())-q.Skip)
		if q.Limit > 0 {
			n = min(n, q.Limit)
		}
		return n, nil
	}
	rows, err := v.Find(q)
	if err != nil {
		return 0, err
	}
	for n := int64(0); ; n++ {
		doc, err := rows.Next(ctx)
		if doc == nil || err != nil {
			return n, err
		}
	}
}
