package store

import (
	"bytes"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
	"pgregory.net/rapid"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/filter"
	"tiffin/platform/mongolite/internal/value"
)

// What goes through indexes must agree with a look at every document. The values
// are few, so that they meet often.

var numbers = rapid.Custom(func(t *rapid.T) any { return rapid.Int32Range(0, 6).Draw(t, "number") })

var scalars = rapid.OneOf(numbers, rapid.SampledFrom([]any{
	nil, int32(0), int32(1), int64(1), 1.0, 1.5, int64(1<<53 + 1), float64(1 << 53), "", "a", "ab", "b\x00", true, false,
	bson.D{{Key: "x", Value: int32(1)}},
	bson.DateTime(5),
	bson.MinKey{},
	bson.MaxKey{},
}))

var values = rapid.OneOf(scalars, scalars, rapid.Custom(func(t *rapid.T) any {
	array := bson.A{}
	for _, v := range rapid.SliceOfN(rapid.OneOf(numbers, scalars), 0, 3).Draw(t, "array") {
		array = append(array, v)
	}
	return array
}), rapid.Custom(func(t *rapid.T) any {
	array := bson.A{}
	for _, v := range rapid.SliceOfN(scalars, 0, 2).Draw(t, "documents") {
		array = append(array, bson.D{{Key: "x", Value: v}})
	}
	return array
}))

var paths = rapid.SampledFrom([]string{"a", "a", "a", "b", "b", "c", "a.x", "b.0", "c.x"})

func document(t *rapid.T) bsoncore.Document {
	doc := bson.D{{Key: "_id", Value: rapid.Int32Range(0, 12).Draw(t, "_id")}}
	for _, name := range []string{"a", "b", "c"} {
		if rapid.IntRange(0, 3).Draw(t, "has "+name) > 0 {
			doc = append(doc, bson.E{Key: name, Value: values.Draw(t, name)})
		}
	}
	return marshal(t, doc)
}

func pattern(t *rapid.T) value.Order {
	doc := bson.D{}
	for _, name := range rapid.SliceOfNDistinct(rapid.OneOf(paths, rapid.Just("_id")), 1, 3, rapid.ID[string]).Draw(t, "pattern") {
		doc = append(doc, bson.E{Key: name, Value: rapid.SampledFrom([]int32{1, -1}).Draw(t, "direction")})
	}
	order, err := value.ParseOrder(marshal(t, doc))
	require.NoError(t, err)
	return order
}

// sorting is an index's order, perhaps backwards or without its first fields, or any.
func sorting(t *rapid.T, orders []value.Order) value.Order {
	order := slices.Clone(rapid.SampledFrom(orders).Draw(t, "order"))
	order = order[rapid.IntRange(0, len(order)-1).Draw(t, "from"):]
	if rapid.Bool().Draw(t, "backwards") {
		for i := range order {
			order[i].Descending = !order[i].Descending
		}
	}
	if rapid.IntRange(0, 3).Draw(t, "any") == 0 {
		order = pattern(t)
	}
	return append(order, byID.Order...)
}

func condition(t *rapid.T, depth int) bson.D {
	if depth > 0 && rapid.IntRange(0, 4).Draw(t, "logical") == 0 {
		branches := bson.A{}
		for range rapid.IntRange(1, 3).Draw(t, "branches") {
			branches = append(branches, condition(t, depth-1))
		}
		return bson.D{{Key: rapid.SampledFrom([]string{"$and", "$or", "$nor"}).Draw(t, "operator"), Value: branches}}
	}
	doc := bson.D{}
	for _, path := range rapid.SliceOfNDistinct(rapid.OneOf(paths, rapid.Just("_id")), 1, 2, rapid.ID[string]).Draw(t, "paths") {
		doc = append(doc, bson.E{Key: path, Value: test(t)})
	}
	return doc
}

func test(t *rapid.T) any {
	operators := bson.D{}
	if rapid.Bool().Draw(t, "range") {
		return bson.D{
			{Key: rapid.SampledFrom([]string{"$gt", "$gte"}).Draw(t, "from"), Value: numbers.Draw(t, "low")},
			{Key: rapid.SampledFrom([]string{"$lt", "$lte"}).Draw(t, "to"), Value: numbers.Draw(t, "high")},
		}
	}
	for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{
		"", "$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$exists", "$regex", "$not", "$all", "$elemMatch", "$size",
	}), 1, 2, rapid.ID[string]).Draw(t, "operators") {
		switch name {
		case "":
			return scalars.Draw(t, "equal")
		case "$in", "$nin", "$all":
			list := bson.A{}
			for _, v := range rapid.SliceOfN(scalars, 0, 4).Draw(t, "list") {
				list = append(list, v)
			}
			operators = append(operators, bson.E{Key: name, Value: list})
		case "$exists":
			operators = append(operators, bson.E{Key: name, Value: rapid.Bool().Draw(t, "exists")})
		case "$regex":
			operators = append(operators, bson.E{Key: name, Value: rapid.SampledFrom([]string{"^a", "b", "^ab$", "^"}).Draw(t, "regex")})
		case "$not", "$elemMatch":
			operators = append(operators, bson.E{Key: name, Value: bson.D{{Key: "$gte", Value: scalars.Draw(t, "bound")}}})
		case "$size":
			operators = append(operators, bson.E{Key: name, Value: rapid.Int32Range(0, 2).Draw(t, "size")})
		default:
			operators = append(operators, bson.E{Key: name, Value: values.Draw(t, "operand")})
		}
	}
	return operators
}

func marshal(t require.TestingT, doc any) bsoncore.Document {
	raw, err := bson.Marshal(doc)
	require.NoError(t, err)
	return raw
}

// model is a collection without any index.
type model map[string]bsoncore.Document

func (m model) find(q Query) []bsoncore.Document {
	var found []bsoncore.Document
	for _, doc := range m {
		if q.Filter.Matches(doc) {
			found = append(found, doc)
		}
	}
	key := func(doc bsoncore.Document) []byte {
		keys, err := q.Sort.Keys(doc)
		if err != nil {
			return nil
		}
		return append(keys.All[0], idKey(value.Lookup(doc, "_id"))...)
	}
	slices.SortFunc(found, func(a, b bsoncore.Document) int { return bytes.Compare(key(a), key(b)) })
	found = found[min(int(q.Skip), len(found)):]
	if q.Limit > 0 {
		found = found[:min(int(q.Limit), len(found))]
	}
	return found
}

func TestIndexesAgreeWithAScan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New()
		tx, err := s.Write("db", "c", true)
		require.NoError(t, err)
		orders := []value.Order{byID.Order}
		for i := range rapid.IntRange(1, 4).Draw(t, "indexes") {
			orders = append(orders, pattern(t))
			_, _, err := tx.CreateIndexes([]Index{{Name: string(rune('a' + i)), Order: orders[i+1], Unique: rapid.IntRange(0, 5).Draw(t, "unique") == 0}})
			_ = err // two of the same are refused, which is as good
		}
		m := model{}
		for range rapid.IntRange(1, 30).Draw(t, "changes") {
			apply(t, tx, m, document(t))
		}
		tx.Commit()
		v := s.Read("db", "c")
		require.Equal(t, len(m), v.Len())
		for _, ix := range v.indexes {
			checkIndex(t, ix, m)
		}
		require.Equal(t, weighed(v), s.Size(), "what was counted as it changed")
		for range 5 {
			where := marshal(t, condition(t, 2))
			f, err := filter.Parse(where)
			require.NoError(t, err)
			q := Query{Filter: f, Sort: sorting(t, orders), Skip: rapid.Int64Range(0, 3).Draw(t, "skip"), Limit: rapid.Int64Range(0, 5).Draw(t, "limit")}
			if parallelArrays(m, q.Sort) {
				q.Sort = byID.Order
			}
			plan, err := v.Plan(q)
			require.NoError(t, err)
			require.Equal(t, texts(m.find(q)), texts(all(t, v, q)), "%s sort %v by %v", where, q.Sort.Document(), plan)
			for _, ix := range v.indexes {
				q.Hint = ix.Name
				require.Equal(t, texts(m.find(q)), texts(all(t, v, q)), "%s sort %v by %s", where, q.Sort.Document(), q.Hint)
			}
		}
	})
}

// apply inserts a document, or replaces or deletes the one that has its _id.
func apply(t *rapid.T, tx *Tx, m model, doc bsoncore.Document) {
	key := idKey(value.Lookup(doc, "_id"))
	before, there := m[key]
	switch {
	case !there:
		if err := tx.Insert(doc); err != nil {
			requireRefusal(t, err)
			return
		}
	case rapid.IntRange(0, 3).Draw(t, "delete") == 0:
		tx.Delete(before)
		delete(m, key)
		return
	default:
		if err := tx.Replace(before, doc); err != nil {
			requireRefusal(t, err)
			return
		}
	}
	m[key] = doc
}

func requireRefusal(t *rapid.T, err error) {
	require.Contains(t, []failure.Code{failure.DuplicateKey, failure.ParallelArrays}, failure.Of(err).Code, "%v", err)
}

// checkIndex compares an index that changed step by step with one built anew.
func checkIndex(t *rapid.T, ix *index, m model) {
	var want, got []string
	for key, doc := range m {
		keys, err := ix.Order.Keys(doc)
		require.NoError(t, err)
		for _, k := range keys.All {
			want = append(want, string(k)+key)
		}
	}
	ix.entries.Scan(func(e entry) bool {
		got = append(got, e.key)
		return true
	})
	slices.Sort(want)
	require.Equal(t, want, got)
}

// weighed goes through everything.
func weighed(v *Version) (size Size) {
	v.docs.Scan(func(r record) bool { size.Documents += int64(len(r.doc)); return true })
	for _, ix := range v.indexes {
		ix.entries.Scan(func(e entry) bool { size.Keys += int64(len(e.key)); return true })
	}
	return size
}

func parallelArrays(m model, sort value.Order) bool {
	for _, doc := range m {
		if _, err := sort.Keys(doc); err != nil {
			return true
		}
	}
	return false
}

func all(t require.TestingT, v *Version, q Query) []bsoncore.Document {
	rows, err := v.Find(q)
	require.NoError(t, err)
	var found []bsoncore.Document
	for {
		doc, err := rows.Next(background)
		require.NoError(t, err)
		if doc == nil {
			return found
		}
		found = append(found, doc)
	}
}

func texts(docs []bsoncore.Document) []string {
	out := make([]string, len(docs))
	for i, doc := range docs {
		out[i] = doc.String()
	}
	return out
}
