package mongolite_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"

	"tiffin/platform/mongolite"
)

func TestAddresses(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.0.2.1:0", "nonsense", "[::]:0"} {
		_, err := mongolite.Start(mongolite.Options{Addr: addr})
		require.Error(t, err, addr)
	}
	server := start(t, mongolite.Options{})
	_, err := mongolite.Start(mongolite.Options{Addr: strings.Trim(strings.TrimPrefix(server.URI(), "mongodb:"), "/")})
	require.ErrorContains(t, err, "address already in use")
}

func TestSnapshotOutlivesAStop(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "snapshot")
	first, err := mongolite.Start(mongolite.Options{SnapshotPath: path})
	require.NoError(t, err)
	client, err := mongo.Connect(options.Client().ApplyURI(first.URI()))
	require.NoError(t, err)
	c := client.Database("db").Collection("c")
	_, err = c.Indexes().CreateOne(t.Context(), mongo.IndexModel{Keys: bson.D{{Key: "k", Value: -1}}, Options: options.Index().SetUnique(true)})
	require.NoError(t, err)
	documents := make([]any, 3_000)
	for i := range documents {
		documents[i] = bson.D{{Key: "_id", Value: i}, {Key: "k", Value: i}, {Key: "pad", Value: strings.Repeat("x", 1_000)}}
	}
	_, err = c.InsertMany(t.Context(), documents)
	require.NoError(t, err)
	require.NoError(t, client.Disconnect(t.Context()))
	bytes, keys := first.Size()
	require.Greater(t, bytes, int64(3_000*1_000))
	require.Positive(t, keys)
	require.NoError(t, first.Close(t.Context()))
	require.NoError(t, first.Close(t.Context()), "again is no error")

	require.NoError(t, os.WriteFile(path+".tmp-123", []byte("half"), 0o600)) // a crash while writing
	second := start(t, mongolite.Options{SnapshotPath: path})
	sameBytes, sameKeys := second.Size()
	require.Equal(t, []int64{bytes, keys}, []int64{sameBytes, sameKeys})
	c = connect(t, second).Collection("c")
	n, err := c.CountDocuments(t.Context(), bson.D{{Key: "k", Value: bson.D{{Key: "$lt", Value: 5_000}}}})
	require.NoError(t, err)
	require.EqualValues(t, 3_000, n)
	_, err = c.InsertOne(t.Context(), bson.D{{Key: "k", Value: 7}})
	require.True(t, mongo.IsDuplicateKeyError(err), "%v", err)
	left, err := filepath.Glob(path + "*")
	require.NoError(t, err)
	require.Equal(t, []string{path}, left, "what the crash left is gone")
}

func TestSnapshotsAreWrittenMeanwhile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "snapshot")
	db := connect(t, start(t, mongolite.Options{SnapshotPath: path, SnapshotEvery: time.Millisecond}))
	_, err := db.Collection("c").InsertOne(t.Context(), bson.D{})
	require.NoError(t, err)
	require.Eventually(t, func() bool { _, err := os.Stat(path); return err == nil }, 30*time.Second, time.Millisecond)
}

func TestManyChangesBringASnapshotForward(t *testing.T) {
	path := filepath.Join(t.TempDir(), "snapshot")
	c := connect(t, start(t, mongolite.Options{SnapshotPath: path, SnapshotEvery: time.Hour, SnapshotAfter: 3})).Collection("c")
	_, err := c.InsertMany(t.Context(), []any{bson.D{}, bson.D{}, bson.D{}})
	require.NoError(t, err)
	require.Eventually(t, func() bool { _, err := os.Stat(path); return err == nil }, 30*time.Second, time.Millisecond)
}

func TestASnapshotThatWouldFillTheDiskIsNotWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "snapshot")
	var asked atomic.Int64
	var room atomic.Bool
	server := start(t, mongolite.Options{SnapshotPath: path, SnapshotEvery: time.Millisecond, Room: func(int64) bool {
		asked.Add(1)
		return room.Load()
	}})
	_, err := connect(t, server).Collection("c").InsertOne(t.Context(), bson.D{})
	require.NoError(t, err)
	require.Eventually(t, func() bool { return asked.Load() > 1 }, 30*time.Second, time.Millisecond)
	_, err = os.Stat(path)
	require.ErrorIs(t, err, fs.ErrNotExist)
	room.Store(true)
	require.Eventually(t, func() bool { _, err := os.Stat(path); return err == nil }, 30*time.Second, time.Millisecond, "there is room again")
}

func TestACorruptSnapshotIsSetAside(t *testing.T) {
	path := filepath.Join(t.TempDir(), "snapshot")
	require.NoError(t, os.WriteFile(path, []byte("tiffin/mongolite\x01 and then something else"), 0o600))
	var log bytes.Buffer
	server := start(t, mongolite.Options{SnapshotPath: path, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	require.Contains(t, log.String(), "set aside")
	aside, err := filepath.Glob(path + ".corrupt-*")
	require.NoError(t, err)
	require.Len(t, aside, 1)
	names, err := connect(t, server).Client().ListDatabaseNames(t.Context(), bson.D{})
	require.NoError(t, err)
	require.Empty(t, names)
}

func TestConnectionsAreBounded(t *testing.T) {
	server := start(t, mongolite.Options{MaxConnections: 2})
	address := strings.Trim(strings.TrimPrefix(server.URI(), "mongodb:"), "/")
	var open []net.Conn
	for range 2 {
		conn, err := net.Dial("tcp", address)
		require.NoError(t, err)
		open = append(open, conn)
		_, err = conn.Write(ping())
		require.NoError(t, err)
		_, err = io.ReadFull(conn, make([]byte, 16))
		require.NoError(t, err)
	}
	third, err := net.Dial("tcp", address)
	require.NoError(t, err)
	_, err = third.Read(make([]byte, 1))
	require.Error(t, err)
	require.NoError(t, third.Close())
	for _, conn := range open {
		require.NoError(t, conn.Close())
	}
}

// ping is a whole message.
func ping() []byte {
	body, _ := bson.Marshal(bson.D{{Key: "ping", Value: 1}, {Key: "$db", Value: "admin"}})
	return message(append([]byte{0, 0, 0, 0, 0}, body...))
}

func message(rest []byte) []byte {
	m := binary.LittleEndian.AppendUint32(nil, uint32(16+len(rest)))
	m = append(m, 1, 0, 0, 0, 0, 0, 0, 0)
	m = binary.LittleEndian.AppendUint32(m, 2013)
	return append(m, rest...)
}

// TestMalformedMessagesEndTheConnection and nothing else.
func TestMalformedMessagesEndTheConnection(t *testing.T) {
	server := start(t, mongolite.Options{})
	address := strings.Trim(strings.TrimPrefix(server.URI(), "mongodb:"), "/")
	for name, sent := range map[string][]byte{
		"http":             []byte("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
		"length too small": {1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 221, 7, 0, 0},
		"length too large": {0, 0, 0, 127, 1, 0, 0, 0, 0, 0, 0, 0, 221, 7, 0, 0},
		"unknown op":       {16, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4},
		"no body":          message([]byte{0, 0, 0, 0}),
		"unknown flag":     message([]byte{4, 0, 0, 0, 0, 5, 0, 0, 0, 0}),
		"not BSON":         message([]byte{0, 0, 0, 0, 0, 9, 0, 0, 0, 1, 2, 3, 4, 5}),
		"wrong checksum":   message([]byte{1, 0, 0, 0, 0, 5, 0, 0, 0, 0, 1, 2, 3, 4}),
		"unknown section":  message([]byte{0, 0, 0, 0, 7, 5, 0, 0, 0, 0}),
	} {
		conn, err := net.Dial("tcp", address)
		require.NoError(t, err)
		_, err = conn.Write(sent)
		require.NoError(t, err)
		answer, err := io.ReadAll(conn)
		if err == nil { // or it was reset, because it had not read everything
			require.Empty(t, answer, name)
		}
		require.NoError(t, conn.Close())
	}
	require.NoError(t, connect(t, server).Client().Ping(t.Context(), nil))
}

func TestUnacknowledgedWrites(t *testing.T) {
	db := connect(t, start(t, mongolite.Options{}))
	quiet := db.Collection("c", options.Collection().SetWriteConcern(writeconcern.Unacknowledged()))
	for i := range 100 {
		_, err := quiet.InsertOne(t.Context(), bson.D{{Key: "_id", Value: i}})
		require.NoError(t, err)
	}
	require.Eventually(t, func() bool {
		n, err := db.Collection("c").CountDocuments(t.Context(), bson.D{})
		return err == nil && n == 100
	}, 30*time.Second, time.Millisecond)
}

func TestMaxTime(t *testing.T) {
	db := connect(t, start(t, mongolite.Options{}))
	documents := make([]any, 20_000)
	for i := range documents {
		documents[i] = bson.D{{Key: "s", Value: strings.Repeat("ab", 100)}}
	}
	_, err := db.Collection("c").InsertMany(t.Context(), documents)
	require.NoError(t, err)
	slow := bson.D{{Key: "find", Value: "c"}, {Key: "maxTimeMS", Value: 1}, {Key: "filter", Value: bson.D{{Key: "s", Value: bson.Regex{Pattern: "(a|b)*c"}}}}}
	err = db.RunCommand(t.Context(), slow).Err()
	require.True(t, mongo.IsTimeout(err), "%v", err)
}

// What was acknowledged when the server stopped under load is in the snapshot, and nobody hangs.
func TestCloseUnderLoad(t *testing.T) {
	t.Run("over a wire", func(t *testing.T) {
		closeUnderLoad(t, func(*mongolite.Server) *options.ClientOptions { return options.Client() })
	})
	t.Run("within the process", func(t *testing.T) {
		closeUnderLoad(t, func(s *mongolite.Server) *options.ClientOptions { return options.Client().SetDialer(s) })
	})
}

func closeUnderLoad(t *testing.T, how func(*mongolite.Server) *options.ClientOptions) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "snapshot")
	server, err := mongolite.Start(mongolite.Options{SnapshotPath: path})
	require.NoError(t, err)
	client, err := mongo.Connect(how(server).ApplyURI(server.URI()).SetServerSelectionTimeout(100 * time.Millisecond))
	require.NoError(t, err)
	c := client.Database("db").Collection("c")
	acknowledged := make([]int, 8)
	warm := make(chan struct{}, len(acknowledged))
	var writers sync.WaitGroup
	for w := range acknowledged {
		writers.Go(func() {
			for i := 0; ; i++ {
				if _, err := c.InsertOne(context.Background(), bson.D{{Key: "w", Value: w}, {Key: "i", Value: i}}); err != nil {
					return
				}
				acknowledged[w] = i + 1
				if i == 20 {
					warm <- struct{}{}
				}
			}
		})
	}
	for range acknowledged {
		<-warm
	}
	require.NoError(t, server.Close(t.Context()))
	writers.Wait()
	require.NoError(t, client.Disconnect(t.Context()))

	c = connect(t, start(t, mongolite.Options{SnapshotPath: path})).Collection("c")
	for w, want := range acknowledged {
		n, err := c.CountDocuments(t.Context(), bson.D{{Key: "w", Value: w}})
		require.NoError(t, err)
		require.GreaterOrEqual(t, n, int64(want))
	}
}
