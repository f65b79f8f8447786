package view

import (
	"context"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// sign is the last that was seen of somebody, and since when.
type sign struct {
	epoch, beat, reads uint64
	since              time.Time
}

// silent reports whether nothing was seen of them for Options.Grace, on this process's own clock.
func (t *tenant[D]) silent(who string, now sign) bool {
	seen, known := t.seen[who]
	if known && seen.epoch == now.epoch && seen.beat == now.beat && seen.reads == now.reads {
		return now.since.Sub(seen.since) >= t.v.o.Grace
	}
	t.seen[who] = now
	return false
}

// clear clears away what nobody has read for Options.Grace: other versions of the view, older and newer ones, generations that
// were served before, and the names of readers that gave no notice. It is repeated until nothing is left, so it may fail anywhere.
func (t *tenant[D]) clear(ctx context.Context) error {
	now := time.Now()
	if err := t.clearGenerations(ctx, now); err != nil {
		return err
	}
	if !t.v.Ready() {
		return nil // whoever is to take the place of the others must be able to
	}
	all, err := versionsOf(ctx, t.v.lease.collection, t.v.spec.Name)
	if err != nil {
		return err
	}
	for version, c := range all {
		if version == t.v.spec.Version {
			err = t.clearReaders(ctx, c, now)
		} else {
			err = t.clearVersion(ctx, version, c, now)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *tenant[D]) clearVersion(ctx context.Context, version int, c checkpoint, now time.Time) error {
	if !c.Generations.Retired {
		if !t.silent(c.ID, sign{c.Epoch, c.Beat, c.Reads, now}) {
			return nil
		}
		l := t.v.lease
		l.id = c.ID
		retired, err := l.retire(ctx, c)
		if err != nil || !retired {
			return err
		}
		t.v.logger.InfoContext(ctx, "retired a version that nobody reads", "version", version)
		c.Generations = generations{Live: c.Generations.last() + 1}
	}
	return t.sweep(ctx, version, c.Generations)
}

func (t *tenant[D]) clearGenerations(ctx context.Context, now time.Time) error {
	var left []generation
	for _, k := range t.held.Kept {
		if !t.silent(collectionOf(t.v.spec.Name, t.v.spec.Version, k.Number), sign{since: now}) {
			left = append(left, k)
		}
	}
	if len(left) < len(t.held.Kept) {
		if err := t.v.lease.keep(ctx, t.live.epoch, t.held, left); err != nil {
			return err
		}
		t.held.Kept = left
	}
	return t.sweep(ctx, t.v.spec.Version, t.held)
}

func (t *tenant[D]) clearReaders(ctx context.Context, c checkpoint, now time.Time) error {
	gone := bson.D{}
	for id, beats := range c.Readers {
		if id != t.v.lease.holder && t.silent("reader "+id, sign{beat: beats, since: now}) {
			gone = append(gone, bson.E{Key: "readers." + id, Value: ""})
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return t.v.lease.held(t.v.lease.update(ctx, t.live.epoch, bson.D{{Key: "$unset", Value: gone}}))
}

// sweep drops the collections of a version that are of no use any more. Numbers that are not known yet are left alone: what
// this process takes for the state of things may be long past.
func (t *tenant[D]) sweep(ctx context.Context, version int, g generations) error {
	first := collectionOf(t.v.spec.Name, version, 1)
	there, err := t.v.db.ListCollectionNames(ctx, bson.D{{Key: "name", Value: bson.D{
		{Key: "$regex", Value: "^" + regexp.QuoteMeta(first) + "(_g[0-9]+)?$"},
	}}})
	if err != nil {
		return err
	}
	for _, name := range there {
		number := 1
		if name != first {
			if number, err = strconv.Atoi(name[len(first)+len("_g"):]); err != nil {
				continue
			}
		}
		if number > g.last() || g.has(number) {
			continue
		}
		if err := t.drop(ctx, version, number); err != nil {
			return fmt.Errorf("drop %s: %w", name, err)
		}
		t.v.logger.InfoContext(ctx, "dropped what nobody reads", "collection", name)
	}
	return nil
}

// drop drops a generation: first what was parked for it, which is found by its collection.
func (t *tenant[D]) drop(ctx context.Context, version, number int) error {
	if t.live.faults != nil {
		c := t.v.consumer(number)
		c.Version = version
		ids, err := t.live.faults.Keys(ctx, c)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := t.live.faults.Drop(ctx, id, math.MaxUint64); err != nil {
				return err
			}
		}
	}
	return t.v.db.Collection(collectionOf(t.v.spec.Name, version, number)).Drop(ctx)
}
