package rest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"tiffin/platform/identity"
	"tiffin/platform/problem"
)

func TestProblemsArriveWithAllThatTheySay(t *testing.T) {
	var fail error
	f := open(t, &shop{get: func(context.Context) error { return fail }})
	for kind, want := range map[problem.Kind]int{
		problem.Invalid: 400, problem.Refused: 409, problem.NotFound: 404, problem.Unauthenticated: 401, problem.Forbidden: 403,
		problem.KeyReused: 422, problem.Contended: 409, problem.Unavailable: 503, problem.Exhausted: 429,
	} {
		p := problem.New(kind, "SOME_CODE", "what a person reads").With("total", "1250")
		p.Violations = []problem.Violation{{Field: "tip", Description: "can't be negative"}}
		fail = fmt.Errorf("secret: %w", p)
		got := f.requireProblem(f.ask(http.MethodGet, order, ""), want, "SOME_CODE")
		require.Equal(t, "what a person reads", got.Detail)
		require.Equal(t, map[string]string{"total": "1250"}, got.Meta)
		require.Equal(t, p.Violations, got.Violations)
	}
}

func TestWhatIsNobodysBusinessIsLoggedAndNotShown(t *testing.T) {
	for name, c := range map[string]struct {
		fail   func(context.Context) error
		status int
		code   string
	}{
		"an error":         {func(context.Context) error { return errors.New("secret") }, 500, "INTERNAL"},
		"a panic":          {func(context.Context) error { panic("secret") }, 500, "INTERNAL"},
		"a service's name": {func(context.Context) error { return status.Error(codes.Unavailable, "dial secret") }, 503, "UNAVAILABLE"},
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t, &shop{get: c.fail})
			answer := f.ask(http.MethodGet, order, "")
			require.NotContains(t, f.requireProblem(answer, c.status, c.code).Detail, "secret")
			require.NotContains(t, fmt.Sprint(answer.Header), "secret")
			require.Contains(t, f.log.String(), "secret")
			// And the next one is served.
			require.Equal(t, 200, f.ask(http.MethodPost, order+":cancel", "{}").StatusCode)
		})
	}
}

func TestRequestsThatAreNone(t *testing.T) {
	reached := false
	f := open(t, &shop{cancel: func(context.Context, *customerCancel) error { reached = true; return nil }})
	for name, c := range map[string]struct {
		method, path, body string
		status             int
		code               string
	}{
		"half a JSON":        {http.MethodPost, order + ":cancel", `{"reas`, 400, "INVALID_ARGUMENT"},
		"no JSON":            {http.MethodPost, order + ":cancel", `reason=late`, 400, "INVALID_ARGUMENT"},
		"an unknown field":   {http.MethodPost, order + ":cancel", `{"raeson":"late"}`, 400, "INVALID_ARGUMENT"},
		"a wrong type":       {http.MethodPost, order + ":cancel", `{"reason":1}`, 400, "INVALID_ARGUMENT"},
		"a wrong number":     {http.MethodGet, "orders?page_size=many", "", 400, "INVALID_ARGUMENT"},
		"a broken rule":      {http.MethodGet, "orders?page_size=101", "", 400, "INVALID_ARGUMENT"},
		"too large a body":   {http.MethodPost, order + ":cancel", strings.Repeat(" ", 1<<20+1), 413, "BODY_TOO_LARGE"},
		"an unknown path":    {http.MethodGet, "nothing", "", 404, "NO_SUCH_PATH"},
		"an unknown verb":    {http.MethodPost, order + ":eat", "{}", 405, "METHOD_NOT_ALLOWED"},
		"a wrong method":     {http.MethodDelete, order, "", 405, "METHOD_NOT_ALLOWED"},
		"a form for a query": {http.MethodPost, "restaurants", "query=curry", 405, "METHOD_NOT_ALLOWED"},
	} {
		t.Run(name, func(t *testing.T) {
			f := &face{T: t, url: f.url}
			f.requireProblem(f.ask(c.method, c.path, c.body), c.status, c.code)
		})
	}
	require.False(t, reached)
	largest := `{"reason":"` + strings.Repeat("x", 1<<20-len(`{"reason":""}`)) + `"}`
	require.Equal(t, 200, f.ask(http.MethodPost, order+":cancel", largest).StatusCode)
	require.True(t, reached)
}

func TestViolationsNameTheirFields(t *testing.T) {
	f := open(t, &shop{})
	got := f.requireProblem(f.ask(http.MethodGet, "restaurants?latitude=91&longitude=-181", ""), 400, "INVALID_ARGUMENT")
	var fields []string
	for _, v := range got.Violations {
		require.NotEmpty(t, v.Description)
		fields = append(fields, v.Field)
	}
	require.ElementsMatch(t, []string{"latitude", "longitude"}, fields)
}

func TestWhoAsks(t *testing.T) {
	f := open(t, &shop{get: func(ctx context.Context) error {
		return identity.FromContext(ctx).Require(identity.Grant{Role: identity.Customer, Resource: "ann"})
	}})
	require.Equal(t, 200, f.ask(http.MethodGet, order, "", "Authorization", "Bearer "+f.token).StatusCode)
	require.Equal(t, 200, f.ask(http.MethodGet, order, "", "Authorization", "bearer "+f.token).StatusCode)
	for name, header := range map[string][]string{
		"nobody":        {},
		"garbage":       {"Authorization", "Bearer garbage"},
		"another key's": {"Authorization", "Bearer " + open(t, &shop{}).token},
		"no bearer":     {"Authorization", "Basic " + f.token},
		"no token":      {"Authorization", "Bearer "},
		"two tokens":    {"Authorization", "Bearer " + f.token, "Authorization", "Bearer " + f.token},
		"as metadata":   {"Grpc-Metadata-Authorization", "Bearer " + f.token},
	} {
		t.Run(name, func(t *testing.T) {
			f := &face{T: t, url: f.url}
			answer := f.ask(http.MethodGet, order, "", header...)
			f.requireProblem(answer, 401, "UNAUTHENTICATED")
			require.Equal(t, "Bearer", answer.Header.Get("WWW-Authenticate"))
		})
	}
	f.later = 2 * time.Hour
	f.requireProblem(f.ask(http.MethodGet, order, "", "Authorization", "Bearer "+f.token), 401, "UNAUTHENTICATED")
}

func TestTheAPIDescribesItself(t *testing.T) {
	f := open(t, &shop{})
	answer := f.ask(http.MethodGet, "openapi.json", "")
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.JSONEq(t, `{"swagger":"2.0"}`, string(body))
	require.Equal(t, "application/json", answer.Header.Get("Content-Type"))
}
