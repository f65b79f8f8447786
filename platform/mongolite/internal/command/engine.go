package command

import (
	"context"
	"errors"
	"log/slog"
	"runtime/debug"
	"time"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/store"
	"tiffin/platform/mongolite/internal/wire"
)

// Engine carries commands out on a store.
type Engine struct {
	store   *store.Store
	cursors *cursors
	logger  *slog.Logger
}

// New makes an engine.
func New(s *store.Store, logger *slog.Logger) *Engine {
	return &Engine{store: s, cursors: newCursors(), logger: logger}
}

// handler does one command and appends the answer's fields.
type handler func(e *Engine, ctx context.Context, r *request, dst []byte) ([]byte, error)

var handlers = map[string]handler{
	"hello": hello, "isMaster": hello, "ismaster": hello,
	"ping": ping, "buildInfo": buildInfo, "buildinfo": buildInfo, "endSessions": endSessions,
	"listDatabases": listDatabases, "listCollections": listCollections,
	"create": create, "drop": drop, "dropDatabase": dropDatabase,
	"createIndexes": createIndexes, "listIndexes": listIndexes, "dropIndexes": dropIndexes,
	"insert": insert, "update": updateDocuments, "delete": deleteDocuments,
	"findAndModify": findAndModify, "findandmodify": findAndModify,
	"find": find, "getMore": getMore, "killCursors": killCursors,
	"count": count, "distinct": distinct, "aggregate": aggregate,
}

// Run carries a command out and appends the document that answers it. It always
// answers: what goes wrong is in the answer.
func (e *Engine) Run(ctx context.Context, m *wire.Message, dst []byte) (out []byte) {
	start := len(dst)
	defer func() {
		if p := recover(); p != nil {
			e.logger.Error("mongolite: a command panicked", "panic", p, "stack", string(debug.Stack()))
			out = appendFailure(dst[:start], failure.New(failure.InternalError, "internal error"))
		}
	}()
	index, out := bsoncore.AppendDocumentStart(dst)
	out, err := e.run(ctx, m, out)
	if err != nil {
		return appendFailure(dst[:start], e.refine(err))
	}
	out = bsoncore.AppendDoubleElement(out, "ok", 1)
	out, _ = bsoncore.AppendDocumentEnd(out, index) // fails only on a start that is out of range
	return out
}

func (e *Engine) run(ctx context.Context, m *wire.Message, dst []byte) ([]byte, error) {
	r, err := newRequest(m)
	if err != nil {
		return nil, err
	}
	handle, ok := handlers[r.command]
	if !ok {
		return nil, failure.New(failure.CommandNotFound, "no such command: '%s'", r.command)
	}
	if _, legacy := m.Legacy(); legacy && r.command != "hello" && r.command != "isMaster" && r.command != "ismaster" {
		return nil, failure.New(failure.UnsupportedOpQuery, "Unsupported OP_QUERY command: %s", r.command)
	}
	if err := r.common(); err != nil {
		return nil, err
	}
	if r.maxTime > 0 && r.command != "getMore" {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, r.maxTime)
		defer cancel()
	}
	return handle(e, ctx, r, dst)
}

// refine makes any error one of MongoDB's.
func (e *Engine) refine(err error) *failure.Error {
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return failure.New(failure.MaxTimeMSExpired, "operation exceeded time limit")
	case errors.Is(err, context.Canceled):
		return failure.New(failure.ShutdownInProgress, "the server is shutting down")
	}
	refined := failure.Of(err)
	if refined.Code == failure.InternalError {
		e.logger.Error("mongolite: a command failed", "error", err)
	}
	return refined
}

func appendFailure(dst []byte, err *failure.Error) []byte {
	index, dst := bsoncore.AppendDocumentStart(dst)
	dst = bsoncore.AppendDoubleElement(dst, "ok", 0)
	dst = appendErrorFields(dst, err)
	dst = bsoncore.AppendStringElement(dst, "codeName", err.Code.String())
	dst, _ = bsoncore.AppendDocumentEnd(dst, index) // fails only on a start that is out of range
	return dst
}

func appendErrorFields(dst []byte, err *failure.Error) []byte {
	dst = bsoncore.AppendStringElement(dst, "errmsg", err.Message)
	dst = bsoncore.AppendInt32Element(dst, "code", int32(err.Code))
	if err.KeyPattern != nil {
		dst = bsoncore.AppendDocumentElement(dst, "keyPattern", err.KeyPattern)
		dst = bsoncore.AppendDocumentElement(dst, "keyValue", err.KeyValue)
	}
	return dst
}

// Sweep ends cursors that nobody has asked for a while.
func (e *Engine) Sweep() { e.cursors.sweep(time.Now()) }
