package problem_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"

	"tiffin/platform/problem"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// kinds is the one table of what each kind is to whoever gets it.
var kinds = map[string]struct {
	kind   problem.Kind
	grpc   codes.Code
	http   int
	header http.Header
}{
	"internal":        {problem.Internal, codes.Internal, 500, http.Header{}},
	"invalid":         {problem.Invalid, codes.InvalidArgument, 400, http.Header{}},
	"refused":         {problem.Refused, codes.FailedPrecondition, 409, http.Header{}},
	"not found":       {problem.NotFound, codes.NotFound, 404, http.Header{}},
	"unauthenticated": {problem.Unauthenticated, codes.Unauthenticated, 401, http.Header{"Www-Authenticate": {"Bearer"}}},
	"forbidden":       {problem.Forbidden, codes.PermissionDenied, 403, http.Header{}},
	"key reused":      {problem.KeyReused, codes.AlreadyExists, 422, http.Header{}},
	"contended":       {problem.Contended, codes.Aborted, 409, http.Header{}},
	"unavailable":     {problem.Unavailable, codes.Unavailable, 503, http.Header{"Retry-After": {"1"}}},
	"exhausted":       {problem.Exhausted, codes.ResourceExhausted, 429, http.Header{"Retry-After": {"1"}}},
}

func full(kind problem.Kind) *problem.Problem {
	p := problem.New(kind, "SOME_CODE", "what a person %s", "reads").With("total", "1250").With("currency_code", "EUR")
	p.Violations = []problem.Violation{{Field: "items[0].quantity", Description: "1 to 50"}, {Field: "tip", Description: "can't be negative"}}
	return p
}

func TestEveryKindIsInTheTable(t *testing.T) {
	seen := map[problem.Kind]bool{}
	for _, k := range kinds {
		seen[k.kind] = true
	}
	require.Len(t, seen, len(kinds))
	// The kind behind the last one is none: it would have no status.
	require.Zero(t, problem.New(problem.Kind(len(kinds)), "", "").Document("").Status)
}

func TestKindsOverHTTP(t *testing.T) {
	for name, k := range kinds {
		t.Run(name, func(t *testing.T) {
			w := httptest.NewRecorder()
			full(k.kind).Write(w, "0af7651916cd43dd8448eb211c80319c")
			require.Equal(t, k.http, w.Code)
			k.header.Set("Content-Type", "application/problem+json")
			require.Equal(t, k.header, w.Header())
			var document map[string]any
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &document))
			require.Equal(t, map[string]any{
				"type": "about:blank", "title": http.StatusText(k.http), "status": float64(k.http),
				"code": "SOME_CODE", "detail": "what a person reads",
				"violations": []any{
					map[string]any{"field": "items[0].quantity", "description": "1 to 50"},
					map[string]any{"field": "tip", "description": "can't be negative"},
				},
				"meta":     map[string]any{"total": "1250", "currency_code": "EUR"},
				"trace_id": "0af7651916cd43dd8448eb211c80319c",
			}, document)
		})
	}
	w := httptest.NewRecorder()
	problem.Refuse("CLOSED", "it is closed").Write(w, "")
	require.JSONEq(t, `{"type":"about:blank","title":"Conflict","status":409,"code":"CLOSED","detail":"it is closed"}`, w.Body.String())
}

// call sends an error through a real gRPC server and returns what its client gets.
func call(t *testing.T, fail error) error {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	server := grpc.NewServer(grpc.UnknownServiceHandler(func(any, grpc.ServerStream) error { return fail }))
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	conn, err := grpc.NewClient("passthrough:///"+listener.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	defer func() {
		require.NoError(t, conn.Close())
		server.Stop()
		require.NoError(t, <-served)
	}()
	return conn.Invoke(t.Context(), "/tiffin.test.v1.Any/Thing", &emptypb.Empty{}, &emptypb.Empty{})
}

func TestKindsOverGRPC(t *testing.T) {
	for name, k := range kinds {
		t.Run(name, func(t *testing.T) {
			sent := full(k.kind)
			err := call(t, sent)
			require.Equal(t, k.grpc, status.Code(err))
			want := sent
			if k.kind == problem.Internal { // whatever is in it, it is nobody's business
				want = problem.New(problem.Internal, "INTERNAL", "something went wrong on our side")
			}
			require.Equal(t, want, problem.From(err))
			require.Equal(t, want, problem.From(fmt.Errorf("secret: %w", err)), "a wrapper adds nothing")
			require.ErrorIs(t, problem.From(err), problem.New(k.kind, want.Code, "other words"))
		})
	}
}

func TestStatusesOfOthersKeepTheirKindAndNotTheirWords(t *testing.T) {
	const secret = "dial tcp 10.0.0.7:9090: connection refused"
	for code, want := range map[codes.Code]struct {
		kind problem.Kind
		code string
	}{
		codes.Unknown:            {problem.Internal, "INTERNAL"},
		codes.Internal:           {problem.Internal, "INTERNAL"},
		codes.DataLoss:           {problem.Internal, "INTERNAL"},
		codes.Unavailable:        {problem.Unavailable, "UNAVAILABLE"},
		codes.DeadlineExceeded:   {problem.Unavailable, "DEADLINE_EXCEEDED"},
		codes.Canceled:           {problem.Unavailable, "CANCELLED"},
		codes.Unimplemented:      {problem.NotFound, "NOT_FOUND"},
		codes.NotFound:           {problem.NotFound, "NOT_FOUND"},
		codes.AlreadyExists:      {problem.KeyReused, "IDEMPOTENCY_KEY_REUSED"},
		codes.PermissionDenied:   {problem.Forbidden, "FORBIDDEN"},
		codes.Unauthenticated:    {problem.Unauthenticated, "UNAUTHENTICATED"},
		codes.ResourceExhausted:  {problem.Exhausted, "TOO_MANY_REQUESTS"},
		codes.FailedPrecondition: {problem.Refused, "REFUSED"},
		codes.Aborted:            {problem.Contended, "CONTENDED"},
	} {
		t.Run(code.String(), func(t *testing.T) {
			got := problem.From(call(t, status.Error(code, secret)))
			require.Equal(t, want.kind, got.Kind)
			require.Equal(t, want.code, got.Code)
			require.NotEmpty(t, got.Detail)
			require.NotContains(t, got.Detail, "10.0.0.7")
		})
	}
	for _, code := range []codes.Code{codes.InvalidArgument, codes.OutOfRange} { // what is wrong with a request must be told
		got := problem.From(call(t, status.Error(code, `unknown field "tipp"`)))
		require.Equal(t, problem.New(problem.Invalid, "INVALID_ARGUMENT", `unknown field "tipp"`), got)
	}
}

func TestUnknownErrorsAreInternalWithoutAWordOfTheirs(t *testing.T) {
	internal := problem.New(problem.Internal, "INTERNAL", "something went wrong on our side")
	for name, err := range map[string]error{
		"an error":         errors.New("password=secret"),
		"over gRPC":        call(t, errors.New("password=secret")),
		"a wrapped status": fmt.Errorf("secret: %w", status.Error(codes.Unknown, "secret")),
	} {
		require.Equal(t, internal, problem.From(err), name)
	}
	require.Nil(t, problem.From(nil))
	refusal := problem.Refuse("CLOSED", "it is closed")
	require.Same(t, refusal, problem.From(fmt.Errorf("secret: %w", refusal)))
	require.Equal(t, "CANCELLED", problem.From(fmt.Errorf("secret: %w", context.Canceled)).Code)
	require.Equal(t, "DEADLINE_EXCEEDED", problem.From(fmt.Errorf("secret: %w", context.DeadlineExceeded)).Code)
}

func TestProblemsAreValues(t *testing.T) {
	first := problem.Refuse("TOTAL_CHANGED", "prices have changed")
	second := first.With("total", "1").With("total", "2")
	require.Nil(t, first.Meta, "With copies")
	require.Equal(t, map[string]string{"total": "2"}, second.Meta)
	require.ErrorIs(t, second, first)
	require.NotErrorIs(t, second, problem.Missing("TOTAL_CHANGED", ""))
	require.NotErrorIs(t, second, errors.New("TOTAL_CHANGED"))
	field := problem.InvalidField("items[1]", "at most %d", 50)
	require.Equal(t, "items[1]: at most 50", field.Detail)
	require.Equal(t, []problem.Violation{{Field: "items[1]", Description: "at most 50"}}, field.Violations)
}
