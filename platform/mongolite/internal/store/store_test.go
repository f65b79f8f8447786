package store

import (
	"context"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/filter"
	"tiffin/platform/mongolite/internal/value"
)

var background = context.Background()

func order(t *testing.T, doc bson.D) value.Order {
	t.Helper()
	o, err := value.ParseOrder(marshal(t, doc))
	require.NoError(t, err)
	return o
}

func where(t *testing.T, doc bson.D) *filter.Filter {
	t.Helper()
	f, err := filter.Parse(marshal(t, doc))
	require.NoError(t, err)
	return f
}

// TestPlan pins which index answers what, and whether it gives the order.
func TestPlan(t *testing.T) {
	s := New()
	tx, err := s.Write("db", "c", true)
	require.NoError(t, err)
	_, _, err = tx.CreateIndexes([]Index{
		{Name: "owner_at", Order: order(t, bson.D{{Key: "owner", Value: 1}, {Key: "at", Value: -1}})},
		{Name: "at", Order: order(t, bson.D{{Key: "at", Value: 1}})},
		{Name: "name", Order: order(t, bson.D{{Key: "name", Value: 1}}), Unique: true},
		{Name: "tags", Order: order(t, bson.D{{Key: "tags", Value: 1}, {Key: "at", Value: 1}})},
	})
	require.NoError(t, err)
	for i := range 100 {
		doc, err := Prepare(marshal(t, bson.D{
			{Key: "_id", Value: i},
			{Key: "owner", Value: i % 3},
			{Key: "at", Value: i},
			{Key: "name", Value: strconv.Itoa(i)},
			{Key: "tags", Value: bson.A{i % 2, i % 5}},
		}))
		require.NoError(t, err)
		require.NoError(t, tx.Insert(doc))
	}
	tx.Commit()
	gt := bson.D{{Key: "$gt", Value: 5}}
	for _, c := range []struct {
		filter, sort bson.D
		want         string
	}{
		{bson.D{{Key: "_id", Value: 1}}, nil, "index=_id_ equal=1 ranged=false sorted=true ranges=1"},
		{bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: bson.A{3, 1, 2, 2}}}}}, bson.D{{Key: "_id", Value: -1}}, "index=_id_ equal=1 ranged=false sorted=true ranges=3"},
		{bson.D{}, nil, "index=_id_ equal=0 ranged=false sorted=true ranges=1"},
		{bson.D{{Key: "_id", Value: gt}}, nil, "index=_id_ equal=0 ranged=true sorted=true ranges=1"},
		{bson.D{{Key: "owner", Value: 1}}, bson.D{{Key: "at", Value: -1}}, "index=owner_at equal=1 ranged=false sorted=true ranges=1"},
		{bson.D{{Key: "owner", Value: 1}}, bson.D{{Key: "at", Value: 1}}, "index=owner_at equal=1 ranged=false sorted=true ranges=1"},
		{bson.D{{Key: "owner", Value: 1}}, bson.D{{Key: "owner", Value: 1}, {Key: "at", Value: -1}}, "index=owner_at equal=1 ranged=false sorted=true ranges=1"},
		{bson.D{{Key: "owner", Value: 1}, {Key: "at", Value: gt}}, bson.D{{Key: "at", Value: -1}}, "index=owner_at equal=1 ranged=true sorted=true ranges=1"},
		{bson.D{{Key: "owner", Value: bson.D{{Key: "$in", Value: bson.A{0, 1}}}}}, bson.D{{Key: "at", Value: 1}}, "index=owner_at equal=1 ranged=false sorted=false ranges=2"},
		{bson.D{{Key: "owner", Value: 1}}, bson.D{{Key: "name", Value: 1}}, "index=owner_at equal=1 ranged=false sorted=false ranges=1"},
		{bson.D{{Key: "x", Value: 1}}, bson.D{{Key: "at", Value: 1}, {Key: "_id", Value: 1}}, "index=at equal=0 ranged=false sorted=true ranges=1"},
		{bson.D{{Key: "at", Value: gt}}, bson.D{{Key: "at", Value: -1}}, "index=at equal=0 ranged=true sorted=true ranges=1"},
		{bson.D{{Key: "name", Value: "7"}, {Key: "owner", Value: 1}}, nil, "index=name equal=1 ranged=false sorted=true ranges=1"},
		{bson.D{{Key: "name", Value: bson.Regex{Pattern: "^7"}}}, nil, "index=name equal=0 ranged=true sorted=true ranges=1"},
		{bson.D{{Key: "tags", Value: 1}}, bson.D{{Key: "at", Value: 1}}, "index=tags equal=1 ranged=false sorted=true ranges=1"},
		{bson.D{{Key: "tags", Value: gt}}, bson.D{{Key: "tags", Value: 1}}, "index=tags equal=0 ranged=true sorted=false ranges=1"},
		{bson.D{{Key: "tags", Value: 1}}, bson.D{{Key: "tags", Value: 1}, {Key: "at", Value: 1}}, "index=tags equal=1 ranged=false sorted=false ranges=1"},
		{bson.D{{Key: "$or", Value: bson.A{
			bson.D{{Key: "at", Value: bson.D{{Key: "$lt", Value: 50}}}},
			bson.D{{Key: "at", Value: 50}, {Key: "_id", Value: bson.D{{Key: "$lt", Value: 9}}}},
		}}, {Key: "owner", Value: 2}}, bson.D{{Key: "at", Value: -1}}, "index=owner_at equal=1 ranged=true sorted=true ranges=1"},
	} {
		q := Query{Filter: where(t, c.filter)}
		if c.sort != nil {
			q.Sort = order(t, c.sort)
		}
		p, err := s.Read("db", "c").Plan(q)
		require.NoError(t, err)
		require.Equal(t, c.want, p.String(), "%v %v", c.filter, c.sort)
	}
}

// TestLimitEndsTheScan counts the documents that a sorted page looks at.
func TestLimitEndsTheScan(t *testing.T) {
	s := New()
	tx, err := s.Write("db", "c", true)
	require.NoError(t, err)
	_, _, err = tx.CreateIndexes([]Index{{Name: "i", Order: order(t, bson.D{{Key: "k", Value: 1}, {Key: "at", Value: 1}})}})
	require.NoError(t, err)
	for i := range 5_000 {
		require.NoError(t, tx.Insert(marshal(t, bson.D{{Key: "_id", Value: i}, {Key: "k", Value: 1}, {Key: "at", Value: i}})))
	}
	tx.Commit()
	rows, err := s.Read("db", "c").Find(Query{
		Filter: where(t, bson.D{{Key: "k", Value: 1}}), Sort: order(t, bson.D{{Key: "at", Value: -1}}), Limit: 20,
	})
	require.NoError(t, err)
	for {
		doc, err := rows.Next(background)
		require.NoError(t, err)
		if doc == nil {
			break
		}
	}
	require.EqualValues(t, 20, rows.visited)
}

// TestFreezeIsOneMoment pins what a projector's checkpoint relies on: it is never
// newer than the documents that it covers.
func TestFreezeIsOneMoment(t *testing.T) {
	s := New()
	put := func(collection string, position int) {
		tx, err := s.Write("db", collection, true)
		require.NoError(t, err)
		defer tx.Commit()
		doc := marshal(t, bson.D{{Key: "_id", Value: 1}, {Key: "position", Value: int64(position)}})
		before := all(t, tx.Version(), Query{Filter: where(t, bson.D{})})
		if len(before) == 0 {
			require.NoError(t, tx.Insert(doc))
			return
		}
		require.NoError(t, tx.Replace(before[0], doc))
	}
	var writer sync.WaitGroup
	stop := make(chan struct{})
	writer.Go(func() {
		for position := 1; ; position++ {
			select {
			case <-stop:
				return
			default:
				put("documents", position)
				put("checkpoints", position)
			}
		}
	})
	last := int64(0)
	for last < 500 {
		frozen, _ := s.Freeze()
		positions := map[string]int64{}
		for _, f := range frozen {
			for doc := range f.Documents() {
				positions[f.Name], _ = value.Whole(value.Lookup(doc, "position"))
			}
		}
		require.GreaterOrEqual(t, positions["documents"], positions["checkpoints"])
		require.LessOrEqual(t, positions["documents"], positions["checkpoints"]+1)
		last = positions["checkpoints"]
	}
	close(stop)
	writer.Wait()
}

func TestNames(t *testing.T) {
	s := New()
	for _, name := range [][2]string{{"", "c"}, {"a b", "c"}, {"a.b", "c"}, {"db", ""}, {"db", "a$b"}, {"db", "system.users"}, {"db", ".a"}, {"db", "a."}} {
		_, _, err := s.Create(name[0], name[1])
		require.Error(t, err, "%v", name)
		require.Equal(t, failure.InvalidNamespace, failure.Of(err).Code)
	}
	_, made, err := s.Create("db", "a.b-c_1")
	require.NoError(t, err)
	require.True(t, made)
}
