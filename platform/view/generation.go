package view

import (
	"context"
	"fmt"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// generation is one building of a version's documents, in a collection of its own.
type generation struct {
	Number int `bson:"generation"`
	// Served: it was served once, so that somebody may still read it.
	Served bool `bson:"served,omitempty"`
	// Stopped: nobody is to build it for the time being.
	Stopped  bool     `bson:"stopped,omitempty"`
	Progress progress `bson:",inline"`
}

// generations are those that a version has. Numbers are never used again, so that nobody who comes late, with knowledge of
// long ago, takes one for what it was.
type generations struct {
	// Live is the one that is served; 0 is the first, as is 1. Last is the highest number that was ever used.
	Live int `bson:"generation,omitempty"`
	Last int `bson:"last_generation,omitempty"`
	// Next is being built, and Kept those that were served before, the latest last.
	Next *generation  `bson:"next,omitempty"`
	Kept []generation `bson:"kept,omitempty"`
	// Retired: nobody has read the version for long, and its documents are gone. Live is a generation that nobody has begun.
	Retired bool `bson:"retired,omitempty"`
	// Asked is the last request that was carried out, so that none is twice.
	Asked uint64 `bson:"asked,omitempty"`
}

func (g generations) live() int { return max(1, g.Live) }

func (g generations) last() int {
	last := max(g.live(), g.Last)
	if g.Next != nil {
		last = max(last, g.Next.Number)
	}
	return last
}

// has reports whether a generation is still of any use.
func (g generations) has(number int) bool {
	return number == g.live() || g.Next != nil && g.Next.Number == number ||
		slices.ContainsFunc(g.Kept, func(k generation) bool { return k.Number == number })
}

// collectionOf is where the documents of a generation are. The first has the version's own name, which also names the
// checkpoint of all of them.
func collectionOf(name string, version, number int) string {
	if number > 1 {
		return fmt.Sprintf("%s_v%d_g%d", name, version, number)
	}
	return fmt.Sprintf("%s_v%d", name, version)
}

// track is what an applier moves: a generation, while it is served, or while it is the next.
type track struct {
	number int
	next   bool
}

// is filters a field by the number of a generation.
func is(field string, number int) bson.E {
	if number <= 1 { // as it was written before there were generations
		return bson.E{Key: field, Value: bson.D{{Key: "$in", Value: bson.A{0, 1, nil}}}}
	}
	return bson.E{Key: field, Value: number}
}

// from filters a checkpoint in which the track is still at the position.
func (t track) from(position uint64) bson.D {
	if t.next {
		return bson.D{is("next.generation", t.number), {Key: "next.position", Value: position}}
	}
	return bson.D{is("generation", t.number), {Key: "position", Value: position}}
}

// mark is the field of the checkpoint in which whoever moves the track leaves a mark.
func (t track) mark() string {
	if t.next {
		return "next.mark"
	}
	return "mark"
}

func (t track) moved(p progress) any {
	if !t.next {
		return p
	}
	return bson.D{
		{Key: "next.position", Value: p.Position},
		{Key: "next.domains", Value: p.Domains},
		{Key: "next.pending", Value: p.Pending},
		{Key: "next.caught_up", Value: p.CaughtUp},
		{Key: "next.parked", Value: p.Parked},
		{Key: "next.subjects", Value: p.Subjects},
	}
}

// plan changes which generations there are, on behalf of whoever holds the lease. The served one stays what it is.
func (l lease) plan(ctx context.Context, epoch uint64, g generations) error {
	set := bson.D{{Key: "last_generation", Value: g.last()}, {Key: "kept", Value: g.Kept}, {Key: "asked", Value: g.Asked}}
	update := bson.D{{Key: "$set", Value: append(set, bson.E{Key: "next", Value: g.Next})}}
	if g.Next == nil {
		update = bson.D{{Key: "$set", Value: set}, {Key: "$unset", Value: bson.D{{Key: "next", Value: ""}}}}
	}
	return l.held(l.update(ctx, epoch, update, is("generation", g.live())))
}

// keep forgets served generations but for those.
func (l lease) keep(ctx context.Context, epoch uint64, g generations, kept []generation) error {
	return l.held(l.update(ctx, epoch, bson.D{{Key: "$set", Value: bson.D{
		{Key: "kept", Value: kept}, {Key: "last_generation", Value: g.last()},
	}}}, is("generation", g.live())))
}

// switchOver makes the next generation the one that is served, both standing where they are said to, and keeps the other.
func (l lease) switchOver(ctx context.Context, epoch uint64, g generations, live, next progress) error {
	number := g.Next.Number
	kept := append(slices.Clone(g.Kept), generation{Number: g.live(), Served: true, Progress: live})
	set, err := bson.Marshal(next)
	if err != nil {
		return err
	}
	var fields bson.D
	if err := bson.Unmarshal(set, &fields); err != nil {
		return err
	}
	fields = append(fields, bson.D{
		{Key: "generation", Value: number}, {Key: "kept", Value: kept}, {Key: "last_generation", Value: g.last()},
	}...)
	filter := append(track{number: g.live()}.from(live.Position), track{number: number, next: true}.from(next.Position)...)
	err = l.held(l.update(ctx, epoch, bson.D{
		{Key: "$set", Value: fields},
		{Key: "$unset", Value: bson.D{{Key: "next", Value: ""}}},
		{Key: "$inc", Value: bson.D{{Key: "beat", Value: int64(1)}}},
	}, filter...))
	if err == nil {
		return nil
	}
	// An answer that got lost has done it.
	now, failed := l.read(ctx)
	if failed == nil && now.Epoch == epoch && now.Generations.live() == number {
		return nil
	}
	return err
}

// retire makes the version one that nobody has begun, unless somebody has shown a sign of life since seen was read.
func (l lease) retire(ctx context.Context, seen checkpoint) (bool, error) {
	filter := bson.D{{Key: "_id", Value: l.id}, {Key: "epoch", Value: seen.Epoch}, {Key: "beat", Value: seen.Beat}}
	if seen.Reads > 0 {
		filter = append(filter, bson.E{Key: "reads", Value: seen.Reads})
	} else {
		filter = append(filter, bson.E{Key: "reads", Value: bson.D{{Key: "$in", Value: bson.A{0, nil}}}})
	}
	fresh := seen.Generations.last() + 1
	result, err := l.collection.ReplaceOne(ctx, filter, checkpoint{
		ID: l.id, Epoch: seen.Epoch + 1, Beat: seen.Beat + 1, Reads: seen.Reads, Progress: progress{Domains: map[string]uint64{}},
		Generations: generations{Live: fresh, Last: fresh, Retired: true},
	})
	return err == nil && result.MatchedCount == 1, err
}
