package mongotest

import (
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
)

func testFilters(t *testing.T, db *mongo.Database) {
	c := collection(t, db,
		d("_id", 1, "name", "Annapurna", "rating", 4.5, "open", true, "address", d("city", "Pune", "zip", 411001)),
		d("_id", 2, "name", "Bombay", "rating", 4, "open", false, "address", d("city", "Mumbai", "zip", 400001)),
		d("_id", 3, "name", "Chai", "rating", int64(3), "open", true, "address", d("city", "Pune")),
		d("_id", 4, "name", "Dosa", "open", true),
	)
	for _, s := range []struct {
		filter bson.D
		want   []any
	}{
		{d(), a(1, 2, 3, 4)},
		{d("_id", 2), a(2)},
		{d("name", "Chai"), a(3)},
		{d("name", d("$eq", "Chai")), a(3)},
		{d("name", d("$ne", "Chai")), a(1, 2, 4)},
		{d("rating", d("$gt", 3)), a(1, 2)},
		{d("rating", d("$gte", 3)), a(1, 2, 3)},
		{d("rating", d("$lt", 4.5)), a(2, 3)},
		{d("rating", d("$lte", 4.5, "$gt", 3)), a(1, 2)},
		{d("name", d("$in", a("Chai", "Dosa", "none"))), a(3, 4)},
		{d("name", d("$nin", a("Chai", "Dosa"))), a(1, 2)},
		{d("rating", d("$in", a())), a()},
		{d("rating", d("$nin", a(4.5, 4))), a(3, 4)},
		{d("rating", d("$exists", true)), a(1, 2, 3)},
		{d("rating", d("$exists", false)), a(4)},
		{d("address.city", "Pune"), a(1, 3)},
		{d("address.zip", d("$exists", false)), a(3, 4)},
		{d("address", d("city", "Pune")), a(3)},
		{d("address", d("zip", 411001, "city", "Pune")), a()}, // order counts
		{d("open", true, "rating", d("$gt", 3)), a(1)},
		{d("$and", a(d("open", true), d("address.city", "Pune"))), a(1, 3)},
		{d("$or", a(d("name", "Chai"), d("rating", 4))), a(2, 3)},
		{d("$nor", a(d("name", "Chai"), d("rating", 4))), a(1, 4)},
		{d("open", true, "$or", a(d("name", "Chai"), d("rating", 4))), a(3)},
		{d("rating", d("$not", d("$gt", 3))), a(3, 4)},
		{d("rating", d("$not", d("$gt", 3, "$lt", 4.5))), a(1, 3, 4)},
		{d("$and", a(d("$or", a(d("_id", 1), d("_id", 2))), d("$or", a(d("_id", 2), d("_id", 3))))), a(2)},
	} {
		requireIDs(t, c, s.filter, s.want...)
	}
}

func testArrayFilters(t *testing.T, db *mongo.Database) {
	c := collection(t, db,
		d("_id", 1, "tags", a("veg", "hot"), "scores", a(1, 5, 9), "items", a(d("sku", "a", "n", 1), d("sku", "b", "n", 5))),
		d("_id", 2, "tags", a("veg"), "scores", a(4), "items", a(d("sku", "a", "n", 5))),
		d("_id", 3, "tags", "veg", "scores", 4, "items", d("sku", "a", "n", 1)),
		d("_id", 4, "tags", a(), "scores", a(), "items", a()),
		d("_id", 5, "tags", a("hot", "veg")),
	)
	for _, s := range []struct {
		filter bson.D
		want   []any
	}{
		{d("tags", "veg"), a(1, 2, 3, 5)},
		{d("tags", a("veg", "hot")), a(1)},
		{d("tags", a("veg")), a(2)},
		{d("tags", a()), a(4)},
		{d("tags", d("$ne", "veg")), a(4)},
		{d("tags", d("$in", a("hot", "cold"))), a(1, 5)},
		{d("tags", d("$nin", a("hot"))), a(2, 3, 4)},
		{d("tags", d("$all", a("hot", "veg"))), a(1, 5)},
		{d("tags", d("$all", a("veg"))), a(1, 2, 3, 5)},
		{d("tags", d("$size", 2)), a(1, 5)},
		{d("tags", d("$size", 0)), a(4)},
		{d("scores", d("$gt", 4)), a(1)},
		{d("scores", d("$gt", 2, "$lt", 4)), a(1)}, // different elements
		{d("scores", d("$elemMatch", d("$gt", 2, "$lt", 5))), a(2)},
		{d("scores", d("$elemMatch", d("$gte", 5, "$lt", 9))), a(1)},
		{d("items.sku", "b"), a(1)},
		{d("items.sku", "a", "items.n", 5), a(1, 2)},
		{d("items", d("$elemMatch", d("sku", "a", "n", 5))), a(2)},
		{d("items", d("$elemMatch", d("n", d("$gte", 5)))), a(1, 2)},
		{d("items", d("sku", "a", "n", 5)), a(2)},
		{d("items.0.sku", "a"), a(1, 2)},
		{d("items.1.sku", "b"), a(1)},
		{d("scores.1", 5), a(1)},
		{d("tags", d("$exists", true)), a(1, 2, 3, 4, 5)},
		{d("items.sku", d("$exists", true)), a(1, 2, 3)},
		{d("scores", d("$not", d("$gt", 4))), a(2, 3, 4, 5)},
	} {
		requireIDs(t, c, s.filter, s.want...)
	}
}

func testNullFilters(t *testing.T, db *mongo.Database) {
	c := collection(t, db,
		d("_id", 1, "a", nil),
		d("_id", 2),
		d("_id", 3, "a", 5),
		d("_id", 4, "a", a(nil, 1)),
		d("_id", 5, "a", a()),
		d("_id", 6, "a", d("b", nil)),
		d("_id", 7, "a", d("b", 1)),
		d("_id", 8, "a", a(d("b", 1), d("c", 1))),
	)
	for _, s := range []struct {
		filter bson.D
		want   []any
	}{
		{d("a", nil), a(1, 2, 4)},
		{d("a", d("$eq", nil)), a(1, 2, 4)},
		{d("a", d("$ne", nil)), a(3, 5, 6, 7, 8)},
		{d("a", d("$in", a(nil, 5))), a(1, 2, 3, 4)},
		{d("a", d("$exists", true)), a(1, 3, 4, 5, 6, 7, 8)},
		{d("a.b", 1), a(7, 8)},
		{d("a.b", d("$exists", true)), a(6, 7, 8)},
		{d("a", d("$gte", nil)), a(1, 2, 4)},
	} {
		requireIDs(t, c, s.filter, s.want...)
	}
}

func testRegex(t *testing.T, db *mongo.Database) {
	c := collection(t, db,
		d("_id", 1, "name", "Green Curry"),
		d("_id", 2, "name", "green tea"),
		d("_id", 3, "name", "Red Curry\nwith rice"),
		d("_id", 4, "name", 4),
		d("_id", 5, "name", a("Greens", "Curry")),
		d("_id", 6, "name", "C++ (a.b)"),
	)
	for _, s := range []struct {
		filter bson.D
		want   []any
	}{
		{d("name", bson.Regex{Pattern: "^Green"}), a(1, 5)},
		{d("name", bson.Regex{Pattern: "^green", Options: "i"}), a(1, 2, 5)},
		{d("name", d("$regex", "curry", "$options", "i")), a(1, 3, 5)},
		{d("name", d("$regex", "Curry$")), a(1, 5)},
		{d("name", d("$regex", "Curry$", "$options", "m")), a(1, 3, 5)},
		{d("name", d("$regex", "Curry.with", "$options", "s")), a(3)},
		{d("name", d("$regex", "Curry.with")), a()},
		{d("name", d("$not", bson.Regex{Pattern: "Curry"})), a(2, 4, 6)},
		{d("name", d("$in", a(bson.Regex{Pattern: "tea$"}, 4))), a(2, 4)},
		{d("name", d("$regex", `^C\+\+ \(a\.b\)$`)), a(6)},
		{d("name", d("$regex", "^Gre", "$ne", "Green Curry")), a(5)},
	} {
		requireIDs(t, c, s.filter, s.want...)
	}
	// An index narrows an anchored pattern and changes no answer.
	_, err := c.Indexes().CreateOne(t.Context(), mongo.IndexModel{Keys: d("name", 1)})
	if err != nil {
		t.Fatal(err)
	}
	requireIDs(t, c, d("name", bson.Regex{Pattern: "^Green"}), 1, 5)
	requireIDs(t, c, d("name", bson.Regex{Pattern: "^Green C"}), 1)
	requireIDs(t, c, d("name", bson.Regex{Pattern: "^Green|tea"}), 1, 2, 5)
	requireIDs(t, c, d("name", bson.Regex{Pattern: "^green", Options: "i"}), 1, 2, 5)
}
