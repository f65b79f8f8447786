package view

import (
	"context"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"tiffin/platform/position"
)

// WaitFor waits until the view has applied what the token has seen of the domains that the view reads. Past Options.WaitBound
// it returns stale: the view then answers with what it has. It is always stale while it isn't known which documents the
// parked events of some subject concern. Which documents stand behind faults of their own is not its to say, but that of who
// reads them: Get, Find and Behind. It returns an error only when ctx ends.
func (v *View[D]) WaitFor(ctx context.Context, token position.Token) (stale bool, err error) {
	var want uint64 // the log has one order, so the last position of the domains covers the others
	for domain, sequence := range token {
		if v.domains[domain] {
			want = max(want, sequence)
		}
	}
	var bound <-chan time.Time
	for {
		v.mu.Lock()
		reached, astray, moved := v.at.Position >= want, len(v.at.Subjects) > 0, v.moved
		v.mu.Unlock()
		if reached {
			return astray, nil
		}
		if bound == nil {
			timer := time.NewTimer(v.o.WaitBound)
			defer timer.Stop()
			bound = timer.C
		}
		select {
		case <-ctx.Done():
			return true, ctx.Err()
		case <-bound:
			return true, nil
		case <-moved:
		}
	}
}

// Behind reports whether a document stands behind a fault, or may: what is read of it is stale, whatever the view has applied.
func (v *View[D]) Behind(ctx context.Context, id string) (bool, error) {
	stands := bson.D{{Key: "_id", Value: id}, {Key: "_parked", Value: bson.D{{Key: "$exists", Value: true}}}}
	behind := false
	err := v.read(ctx, func(s serving) (err error) {
		if behind = s.astray; s.astray || s.parked == 0 {
			return nil
		}
		n, err := s.documents.CountDocuments(ctx, stands)
		behind = n > 0
		return err
	})
	return behind, err
}
