package views

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// Result is what came of verifying a view.
type Result struct {
	View    string `json:"view"`
	Version int    `json:"version"`
	// Position that the view had reached when the comparison ended.
	Position uint64 `json:"position"`
	// Documents that were compared, tombstones included.
	Documents int `json:"documents"`
	// Differ is how many of them are wrong, NotCompared how many changed whenever they were looked at.
	Differ      int          `json:"differ"`
	NotCompared int          `json:"not_compared"`
	Differences []Difference `json:"differences,omitempty"`
}

func (r Result) first(n int) Result {
	r.Differences = r.Differences[:min(n, len(r.Differences))]
	return r
}

// Difference is one document that is wrong, or that could not be compared.
type Difference struct {
	ID     string  `json:"id"`
	What   string  `json:"what"`
	Fields []Field `json:"fields,omitempty"`
}

// most differences are kept, of a view that is wrong altogether.
const most = 1000

// comparison holds the view that is served against the one that is rebuilt, while both may move.
type comparison struct {
	served, rebuilt side
	patience        time.Duration
}

// pair is one document on both sides; a missing one has no raw.
type pair struct {
	id              string
	served, rebuilt stored
}

type stored struct {
	raw      bson.Raw
	position uint64
}

func (c comparison) run(ctx context.Context) (Result, error) {
	r := Result{View: c.served.k.String(), Version: c.served.k.version}
	patient, cancel := context.WithTimeout(ctx, c.patience)
	defer cancel()
	open, err := c.round(ctx, &r, nil)
	for err == nil && len(open) > 0 {
		if err = c.reach(patient, open); err != nil {
			break
		}
		ids := make([]string, 0, len(open))
		for id := range open {
			ids = append(ids, id)
		}
		open, err = c.round(ctx, &r, ids)
	}
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		err = nil
	}
	for id := range open {
		r.Documents++
		r.NotCompared++
		r.note(Difference{ID: id, What: "was changed whenever it was looked at"})
	}
	slices.SortStableFunc(r.Differences, func(a, b Difference) int { return bytes.Compare([]byte(a.ID), []byte(b.ID)) })
	if err == nil {
		at, failed := c.served.stored(ctx)
		r.Position, err = at.Position, failed
	}
	return r, err
}

func (r *Result) note(d Difference) {
	if len(r.Differences) < most {
		r.Differences = append(r.Differences, d)
	}
}

// round compares the documents with those ids; nil: all. It returns what was on the move, with the position to wait for.
func (c comparison) round(ctx context.Context, r *Result, ids []string) (open map[string]uint64, err error) {
	// Documents that are read after their checkpoint have what concerns them up to there.
	servedAt, err := c.served.stored(ctx)
	if err != nil {
		return nil, err
	}
	rebuiltAt, err := c.rebuilt.stored(ctx)
	if err != nil {
		return nil, err
	}
	open = map[string]uint64{}
	err = join(ctx, servedAt.Documents, rebuiltAt.Documents, ids, func(p pair) error {
		d, moving := p.judge(servedAt.Position, rebuiltAt.Position)
		switch {
		case moving:
			open[p.id] = max(p.served.position, p.rebuilt.position)
			return nil
		case d != nil:
			r.Differ++
			r.note(*d)
		}
		r.Documents++
		return nil
	})
	return open, err
}

// judge says how the two differ; nil: they don't. Where one side is only further than the other, nothing can be said yet.
func (p pair) judge(servedAt, rebuiltAt uint64) (d *Difference, moving bool) {
	s, b := p.served.position, p.rebuilt.position
	switch {
	case s < b && b <= servedAt:
		what := fmt.Sprintf("lacks the event at %d", b)
		if p.served.raw == nil {
			what = fmt.Sprintf("is missing; the event at %d concerns it", b)
		}
		return &Difference{ID: p.id, What: what}, false
	case s > b && s <= rebuiltAt:
		what := fmt.Sprintf("has an event at %d that does not concern it", s)
		if p.rebuilt.raw == nil {
			what = "should not be there"
		}
		return &Difference{ID: p.id, What: what}, false
	case s != b:
		return nil, true
	case bytes.Equal(p.served.raw, p.rebuilt.raw):
		return nil, false
	}
	fields := differing(p.served.raw, p.rebuilt.raw)
	if len(fields) == 0 {
		return nil, false
	}
	return &Difference{ID: p.id, What: fmt.Sprintf("differs at %d", s), Fields: fields}, false
}

// reach waits until both sides have come to all the positions.
func (c comparison) reach(ctx context.Context, open map[string]uint64) error {
	want := uint64(0)
	for _, at := range open {
		want = max(want, at)
	}
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	for {
		s, err := c.served.stored(ctx)
		if err != nil {
			return err
		}
		b, err := c.rebuilt.stored(ctx)
		if err != nil {
			return err
		}
		if s.Position >= want && b.Position >= want {
			return ctx.Err()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// join reads both collections by their ids, and calls each with every document that one of them has.
func join(ctx context.Context, served, rebuilt *mongo.Collection, ids []string, each func(pair) error) error {
	left, err := open(ctx, served, ids)
	if err != nil {
		return err
	}
	defer left.close(ctx)
	right, err := open(ctx, rebuilt, ids)
	if err != nil {
		return err
	}
	defer right.close(ctx)
	for !left.ended || !right.ended {
		p := pair{id: left.id}
		takeLeft := !left.ended && (right.ended || left.id <= right.id)
		takeRight := !right.ended && (left.ended || right.id <= left.id)
		if takeLeft {
			p.served = left.at
			if err := left.next(ctx); err != nil {
				return err
			}
		}
		if takeRight {
			p.id, p.rebuilt = right.id, right.at
			if err := right.next(ctx); err != nil {
				return err
			}
		}
		if err := each(p); err != nil {
			return err
		}
	}
	return nil
}

// reader reads a collection in the order of its ids.
type reader struct {
	cursor *mongo.Cursor
	id     string
	at     stored
	ended  bool
}

func open(ctx context.Context, c *mongo.Collection, ids []string) (*reader, error) {
	filter := bson.D{}
	if ids != nil {
		filter = bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: ids}}}}
	}
	cursor, err := c.Find(ctx, filter, options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}))
	if err != nil {
		return nil, err
	}
	r := &reader{cursor: cursor}
	return r, r.next(ctx)
}

func (r *reader) next(ctx context.Context) error {
	if !r.cursor.Next(ctx) {
		r.ended = true
		return r.cursor.Err()
	}
	var head struct {
		ID       string `bson:"_id"`
		Position uint64 `bson:"_position"`
	}
	if err := r.cursor.Decode(&head); err != nil {
		return err
	}
	r.id, r.at = head.ID, stored{raw: slices.Clone(r.cursor.Current), position: head.Position}
	return nil
}

func (r *reader) close(ctx context.Context) {
	_ = r.cursor.Close(ctx) // the server closes what was read to its end, and the rest after a while
}
