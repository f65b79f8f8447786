package mongolite

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"log/slog"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"

	"tiffin/platform/mongolite/internal/command"
	"tiffin/platform/mongolite/internal/store"
	"tiffin/platform/mongolite/internal/wire"
)

// loud fails a test when a command panicked: a connection's last guard must have
// nothing to do.
type loud struct {
	slog.Handler
	t *testing.T
}

func (l loud) Handle(_ context.Context, r slog.Record) error {
	if r.Level >= slog.LevelError {
		r.Attrs(func(a slog.Attr) bool {
			l.t.Errorf("%s: %s", r.Message, a)
			return true
		})
	}
	return nil
}

type peer struct {
	io.Reader
	io.Writer
}

// FuzzConnection plays a connection from bytes. Nothing may panic, and it must end.
func FuzzConnection(f *testing.F) {
	for _, commands := range [][]bson.D{
		{{{Key: "ping", Value: 1}}},
		{
			{{Key: "insert", Value: "c"}, {Key: "documents", Value: bson.A{bson.D{{Key: "_id", Value: 1}, {Key: "a", Value: bson.A{1, "x", nil}}}, bson.D{{Key: "a", Value: 2.5}}}}},
			{{Key: "createIndexes", Value: "c"}, {Key: "indexes", Value: bson.A{bson.D{{Key: "key", Value: bson.D{{Key: "a", Value: -1}}}, {Key: "name", Value: "a"}}}}},
			{{Key: "find", Value: "c"}, {Key: "filter", Value: bson.D{{Key: "a", Value: bson.D{{Key: "$gte", Value: 1}}}}}, {Key: "sort", Value: bson.D{{Key: "a", Value: 1}}}, {Key: "batchSize", Value: 1}},
		},
		{
			{{Key: "update", Value: "c"}, {Key: "updates", Value: bson.A{bson.D{{Key: "q", Value: bson.D{{Key: "_id", Value: 1}}}, {Key: "u", Value: bson.D{
				{Key: "$push", Value: bson.D{{Key: "l", Value: bson.D{{Key: "$each", Value: bson.A{1}}, {Key: "$slice", Value: -1}}}}},
			}}, {Key: "upsert", Value: true}}}}},
			{{Key: "findAndModify", Value: "c"}, {Key: "query", Value: bson.D{{Key: "l", Value: 1}}}, {Key: "update", Value: bson.D{{Key: "$inc", Value: bson.D{{Key: "n", Value: 1}}}}}, {Key: "fields", Value: bson.D{{Key: "l", Value: 1}}}},
			{{Key: "delete", Value: "c"}, {Key: "deletes", Value: bson.A{bson.D{{Key: "q", Value: bson.D{}}, {Key: "limit", Value: 0}}}}},
		},
		{
			{{Key: "aggregate", Value: "c"}, {Key: "pipeline", Value: bson.A{bson.D{{Key: "$group", Value: bson.D{{Key: "_id", Value: 1}, {Key: "n", Value: bson.D{{Key: "$sum", Value: 1}}}}}}}}, {Key: "cursor", Value: bson.D{}}},
			{{Key: "distinct", Value: "c"}, {Key: "key", Value: "a.b"}},
			{{Key: "count", Value: "c"}, {Key: "query", Value: bson.D{{Key: "a", Value: bson.Regex{Pattern: "^x$"}}}}},
			{{Key: "listCollections", Value: 1}},
			{{Key: "dropDatabase", Value: 1}},
			{{Key: "hello", Value: 1}},
		},
	} {
		var conversation []byte
		for _, c := range commands {
			conversation = append(conversation, encode(f, append(c, bson.E{Key: "$db", Value: "db"}))...)
		}
		f.Add(conversation)
	}
	f.Add(legacy(f))
	f.Fuzz(func(t *testing.T, sent []byte) {
		s := &Server{
			requests: t.Context(),
			engine:   command.New(store.New(), slog.New(loud{slog.DiscardHandler, t})),
		}
		err := s.converse(&client{}, peer{bytes.NewReader(sent), io.Discard})
		if err == nil {
			t.Fatal("a conversation ends with an error")
		}
	})
}

func encode(f *testing.F, body bson.D) []byte {
	raw, err := bson.Marshal(body)
	if err != nil {
		f.Fatal(err)
	}
	m := binary.LittleEndian.AppendUint32(nil, uint32(16+5+len(raw)))
	m = append(m, 1, 0, 0, 0, 0, 0, 0, 0, 0xDD, 0x07, 0, 0, 0, 0, 0, 0, 0)
	return append(m, raw...)
}

// legacy is a driver's first message.
func legacy(f *testing.F) []byte {
	raw, err := bson.Marshal(bson.D{{Key: "isMaster", Value: 1}, {Key: "helloOk", Value: true}})
	if err != nil {
		f.Fatal(err)
	}
	rest := append([]byte{0, 0, 0, 0}, "admin.$cmd\x00\x00\x00\x00\x00\xff\xff\xff\xff"...)
	rest = append(rest, raw...)
	m := binary.LittleEndian.AppendUint32(nil, uint32(16+len(rest)))
	return append(append(m, 1, 0, 0, 0, 0, 0, 0, 0, 0xD4, 0x07, 0, 0), rest...)
}

// TestLegacyHandshake pins that OP_QUERY is answered by OP_REPLY, and only for a
// handshake.
func TestLegacyHandshake(t *testing.T) {
	f := &testing.F{}
	s := &Server{requests: t.Context(), engine: command.New(store.New(), slog.New(slog.DiscardHandler))}
	var answer bytes.Buffer
	if err := s.converse(&client{}, peer{bytes.NewReader(legacy(f)), &answer}); !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	reply := bson.Raw(answer.Bytes()[36:])
	if err := reply.Validate(); err != nil {
		t.Fatal(err)
	}
	if op := binary.LittleEndian.Uint32(answer.Bytes()[12:]); op != 1 || !reply.Lookup("helloOk").Boolean() || reply.Lookup("maxMessageSizeBytes").Int32() != wire.MaxMessage {
		t.Fatalf("operation %d: %s", op, reply)
	}
	answer.Reset()
	other := bytes.Replace(legacy(f), []byte("isMaster"), []byte("isNaster"), 1)
	if err := s.converse(&client{}, peer{bytes.NewReader(other), &answer}); !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	if code := bson.Raw(answer.Bytes()[36:]).Lookup("code").Int32(); code != 59 {
		t.Fatal(code)
	}
}
