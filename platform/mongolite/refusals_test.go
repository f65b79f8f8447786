package mongolite_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"tiffin/platform/mongolite"
)

// start runs a mongolite whatever TIFFIN_TEST_MONGODB_URI says: what it refuses is
// its own.
func start(t testing.TB, o mongolite.Options) *mongolite.Server {
	t.Helper()
	server, err := mongolite.Start(o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close(context.Background())) })
	return server
}

func connect(t testing.TB, server *mongolite.Server) *mongo.Database {
	t.Helper()
	client, err := mongo.Connect(options.Client().ApplyURI(server.URI()))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, client.Disconnect(context.Background())) })
	return client.Database("db")
}

// command reads a command in extended JSON, as it is easiest to look at.
func command(t testing.TB, json string) bson.D {
	t.Helper()
	var doc bson.D
	require.NoError(t, bson.UnmarshalExtJSON([]byte(json), false, &doc), json)
	return doc
}

// TestRefusals pins that what is not on ADR 0003's list is an error with MongoDB's
// code that names it.
func TestRefusals(t *testing.T) {
	db := connect(t, start(t, mongolite.Options{}))
	_, err := db.Collection("c").InsertOne(t.Context(), bson.D{{Key: "_id", Value: 1}, {Key: "a", Value: 1}})
	require.NoError(t, err)
	for _, c := range []struct {
		code    int
		names   string
		command string
	}{
		{59, "collStats", `{"collStats": "c"}`},
		{59, "bulkWrite", `{"bulkWrite": 1}`},
		{40415, "find.foo", `{"find": "c", "foo": 1}`},
		{72, "find.collation", `{"find": "c", "collation": {"locale": "en"}}`},
		{72, "find.tailable", `{"find": "c", "tailable": true}`},
		{72, "find.let", `{"find": "c", "let": {}}`},
		{72, "find.min", `{"find": "c", "min": {"a": 1}}`},
		{14, "find.limit", `{"find": "c", "limit": "1"}`},
		{2, "find.limit", `{"find": "c", "limit": -1}`},
		{14, "find.filter", `{"find": "c", "filter": 1}`},
		{14, "find.find", `{"find": 1}`},
		{73, "db", `{"find": ""}`},
		{2, "$where", `{"find": "c", "filter": {"$where": "1"}}`},
		{2, "$expr", `{"find": "c", "filter": {"$expr": {}}}`},
		{2, "$text", `{"find": "c", "filter": {"$text": {}}}`},
		{2, "$mod", `{"find": "c", "filter": {"a": {"$mod": [2, 0]}}}`},
		{2, "$type", `{"find": "c", "filter": {"a": {"$type": 1}}}`},
		{2, "$near", `{"find": "c", "filter": {"a": {"$near": [1, 2]}}}`},
		{2, "foo", `{"find": "c", "filter": {"a": {"$gt": 1, "foo": 2}}}`},
		{2, "$and", `{"find": "c", "filter": {"$and": []}}`},
		{2, "$in", `{"find": "c", "filter": {"a": {"$in": 1}}}`},
		{2, "decimal", `{"find": "c", "filter": {"a": {"$numberDecimal": "1"}}}`},
		{51091, "invalid", `{"find": "c", "filter": {"a": {"$regex": "(?=x)"}}}`},
		{51091, "'x'", `{"find": "c", "filter": {"a": {"$regex": "x", "$options": "x"}}}`},
		{2, "$natural", `{"find": "c", "sort": {"$natural": 1}}`},
		{2, "score", `{"find": "c", "sort": {"score": {"$meta": "textScore"}}}`},
		{2, "a", `{"find": "c", "projection": {"a": {"$slice": 1}}}`},
		{2, "a.$", `{"find": "c", "projection": {"a.$": 1}}`},
		{31253, "inclusion", `{"find": "c", "projection": {"a": 1, "b": 0}}`},
		{31249, "a.b", `{"find": "c", "projection": {"a": 1, "a.b": 1}}`},
		{2, "nope", `{"find": "c", "hint": "nope"}`},
		{72, "snapshot", `{"find": "c", "readConcern": {"level": "snapshot"}}`},
		{72, "afterClusterTime", `{"find": "c", "readConcern": {"afterClusterTime": 1}}`},
		{20, "Transaction", `{"find": "c", "txnNumber": {"$numberLong": "1"}}`},
		{20, "Transaction", `{"insert": "c", "documents": [{}], "startTransaction": true}`},
		{2, "replicated", `{"insert": "c", "documents": [{}], "writeConcern": {"w": 2}}`},
		{16, "0", `{"insert": "c", "documents": []}`},
		{40414, "insert.documents", `{"insert": "c"}`},
		{72, "update.updates.arrayFilters", `{"update": "c", "updates": [{"q": {}, "u": {"$set": {"a": 1}}, "arrayFilters": []}]}`},
		{72, "update.updates.collation", `{"update": "c", "updates": [{"q": {}, "u": {}, "collation": {}}]}`},
		{72, "update.let", `{"update": "c", "updates": [{"q": {}, "u": {}}], "let": {}}`},
		{40414, "'q' and 'u'", `{"update": "c", "updates": [{"q": {}}]}`},
		{9, "pipeline", `{"update": "c", "updates": [{"q": {}, "u": [{"$set": {"a": 1}}]}]}`},
		{9, "replacement", `{"update": "c", "updates": [{"q": {}, "u": {"a": 1}, "multi": true}]}`},
		{9, "$rename", `{"update": "c", "updates": [{"q": {}, "u": {"$rename": {"a": "b"}}}]}`},
		{9, "limit", `{"delete": "c", "deletes": [{"q": {}, "limit": 2}]}`},
		{9, "remove", `{"findAndModify": "c", "remove": true, "new": true}`},
		{9, "update", `{"findAndModify": "c"}`},
		{72, "findAndModify.arrayFilters", `{"findAndModify": "c", "update": {}, "arrayFilters": []}`},
		{40324, "$lookup", `{"aggregate": "c", "pipeline": [{"$lookup": {}}], "cursor": {}}`},
		{40324, "$changeStream", `{"aggregate": "c", "pipeline": [{"$changeStream": {}}], "cursor": {}}`},
		{40324, "$match", `{"aggregate": "c", "pipeline": [{"$group": {"_id": 1, "n": {"$sum": 1}}}, {"$match": {}}], "cursor": {}}`},
		{40324, "$group", `{"aggregate": "c", "pipeline": [], "cursor": {}}`},
		{2, "$group", `{"aggregate": "c", "pipeline": [{"$group": {"_id": "$a", "n": {"$sum": 1}}}], "cursor": {}}`},
		{2, "$group", `{"aggregate": "c", "pipeline": [{"$group": {"_id": 1, "n": {"$sum": "$a"}}}], "cursor": {}}`},
		{67, "2dsphere", `{"createIndexes": "c", "indexes": [{"key": {"a": "2dsphere"}, "name": "a"}]}`},
		{67, "empty", `{"createIndexes": "c", "indexes": [{"key": {}, "name": "a"}]}`},
		{67, "$**", `{"createIndexes": "c", "indexes": [{"key": {"$**": 1}, "name": "a"}]}`},
		{72, "sparse", `{"createIndexes": "c", "indexes": [{"key": {"a": 1}, "name": "a", "sparse": true}]}`},
		{72, "expireAfterSeconds", `{"createIndexes": "c", "indexes": [{"key": {"a": 1}, "name": "a", "expireAfterSeconds": 1}]}`},
		{72, "partialFilterExpression", `{"createIndexes": "c", "indexes": [{"key": {"a": 1}, "name": "a", "partialFilterExpression": {}}]}`},
		{72, "_id", `{"dropIndexes": "c", "index": "_id_"}`},
		{26, "ns", `{"dropIndexes": "none", "index": "*"}`},
		{26, "none", `{"listIndexes": "none"}`},
		{72, "capped", `{"create": "new", "capped": true}`},
		{72, "viewOn", `{"create": "new", "viewOn": "c"}`},
		{48, "c", `{"create": "c"}`},
		{73, "system", `{"create": "system.x"}`},
		{43, "99", `{"getMore": {"$numberLong": "99"}, "collection": "c"}`},
		{2, "maxTimeMS", `{"ping": 1, "maxTimeMS": -1}`},
		{40415, "ping.x", `{"ping": 1, "x": 1}`},
	} {
		err := db.RunCommand(t.Context(), command(t, c.command)).Err()
		var code int
		var message string
		var failed mongo.CommandError
		var writes mongo.WriteException
		switch {
		case errors.As(err, &failed):
			code, message = int(failed.Code), failed.Message
			require.NotEmpty(t, failed.Name)
		case errors.As(err, &writes) && len(writes.WriteErrors) > 0:
			code, message = writes.WriteErrors[0].Code, writes.WriteErrors[0].Message
		}
		require.Equal(t, c.code, code, "%s: %v", c.command, err)
		require.Contains(t, message, c.names, c.command)
	}
	var doc bson.D
	require.NoError(t, db.Collection("c").FindOne(t.Context(), bson.D{}).Decode(&doc))
	require.Equal(t, bson.D{{Key: "_id", Value: int32(1)}, {Key: "a", Value: int32(1)}}, doc, "nothing was changed")
}

// TestWhereEnginesDiffer pins what MongoDB does and DocumentDB does not, so that it
// is not in the suite.
func TestWhereEnginesDiffer(t *testing.T) {
	db := connect(t, start(t, mongolite.Options{}))
	c := db.Collection("c")
	_, err := c.Indexes().CreateOne(t.Context(), mongo.IndexModel{Keys: bson.D{{Key: "k", Value: 1}, {Key: "n", Value: -1}}, Options: options.Index().SetUnique(true)})
	require.NoError(t, err)
	_, err = c.InsertMany(t.Context(), []any{bson.D{{Key: "_id", Value: 1}, {Key: "k", Value: "a"}}, bson.D{{Key: "_id", Value: 2}, {Key: "k", Value: "b"}}})
	require.NoError(t, err)

	err = c.FindOneAndUpdate(t.Context(), bson.D{{Key: "_id", Value: 2}}, bson.D{{Key: "$set", Value: bson.D{{Key: "k", Value: "a"}}}}).Err()
	var failed mongo.CommandError
	require.ErrorAs(t, err, &failed)
	require.EqualValues(t, 11000, failed.Code)
	require.JSONEq(t, `{"k": {"$numberInt":"1"},"n": {"$numberInt":"-1"}}`, failed.Raw.Lookup("keyPattern").Document().String())
	require.JSONEq(t, `{"k": "a","n": null}`, failed.Raw.Lookup("keyValue").Document().String())
	require.Contains(t, failed.Message, "E11000 duplicate key error collection: db.c index: k_1_n_-1 dup key:")

	_, err = c.Indexes().CreateOne(t.Context(), mongo.IndexModel{Keys: bson.D{{Key: "none", Value: 1}}, Options: options.Index().SetUnique(true)})
	require.True(t, mongo.IsDuplicateKeyError(err), "%v", err)

	result, err := c.ReplaceOne(t.Context(), bson.D{{Key: "_id", Value: 1}}, bson.D{{Key: "k", Value: "a"}})
	require.NoError(t, err)
	require.Zero(t, result.ModifiedCount)

	_, err = c.InsertOne(t.Context(), bson.D{{Key: "k", Value: bson.A{1}}, {Key: "n", Value: bson.A{1}}})
	require.True(t, err != nil && mongoCode(err) == 171, "%v", err)
}

func mongoCode(err error) int {
	var writes mongo.WriteException
	if errors.As(err, &writes) && len(writes.WriteErrors) > 0 {
		return writes.WriteErrors[0].Code
	}
	return 0
}
