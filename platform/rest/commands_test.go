package rest_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/problem"
)

type customerCancel = customerv1.CancelOrderRequest

// commands collects what arrives behind the face.
func commands(refusal *error) (*shop, *[]eventlog.Command) {
	var arrived []eventlog.Command
	return &shop{cancel: func(ctx context.Context, _ *customerCancel) error {
		arrived = append(arrived, eventlog.CommandFrom(ctx))
		return *refusal
	}}, &arrived
}

func TestAKeyBecomesTheCommandID(t *testing.T) {
	var refusal error
	s, arrived := commands(&refusal)
	f := open(t, s)
	cancel := func(body string, headers ...string) *http.Response {
		return f.ask(http.MethodPost, order+":cancel", body, append(headers, "Authorization", "Bearer "+f.token)...)
	}
	require.Equal(t, 200, cancel(`{"reason":"late"}`, "Idempotency-Key", "k1").StatusCode)
	require.Equal(t, 200, cancel(`{"reason":"late"}`, "Idempotency-Key", "k1").StatusCode, "a repeat goes on to who knows the outcome")
	require.Len(t, *arrived, 2)
	require.Equal(t, "k1", (*arrived)[0].ID)
	require.Equal(t, (*arrived)[0], (*arrived)[1])

	f.requireProblem(cancel(`{"reason":"other"}`, "Idempotency-Key", "k1"), 422, "IDEMPOTENCY_KEY_REUSED")
	f.requireProblem(f.ask(http.MethodPost, "orders", `{"reason":"late"}`, "Idempotency-Key", "k1", "Authorization", "Bearer "+f.token),
		422, "IDEMPOTENCY_KEY_REUSED")
	require.Equal(t, 200, f.ask(http.MethodPost, order+":cancel", `{"reason":"mine"}`, "Idempotency-Key", "k1").StatusCode, "somebody else's key")
	require.Len(t, *arrived, 3)
}

func TestWithoutAKeyEachCommandGetsItsOwn(t *testing.T) {
	var refusal error
	s, arrived := commands(&refusal)
	f := open(t, s)
	for range 2 {
		require.Equal(t, 200, f.ask(http.MethodPost, order+":cancel", "{}", "Grpc-Metadata-Tiffin-Command-Id", "forged").StatusCode)
	}
	require.NotEqual(t, (*arrived)[0].ID, (*arrived)[1].ID)
	for _, c := range *arrived {
		_, err := ulid.ParseStrict(c.ID)
		require.NoError(t, err)
	}
}

func TestARefusalLeavesTheKeyFree(t *testing.T) {
	refusal := error(problem.Refuse("CLOSED", "it is closed"))
	s, arrived := commands(&refusal)
	f := open(t, s)
	f.requireProblem(f.ask(http.MethodPost, order+":cancel", `{"reason":"a"}`, "Idempotency-Key", "k1"), 409, "CLOSED")
	refusal = nil
	require.Equal(t, 200, f.ask(http.MethodPost, order+":cancel", `{"reason":"b"}`, "Idempotency-Key", "k1").StatusCode)
	f.requireProblem(f.ask(http.MethodPost, order+":cancel", `{"reason":"a"}`, "Idempotency-Key", "k1"), 422, "IDEMPOTENCY_KEY_REUSED")
	require.Len(t, *arrived, 2)
}

func TestKeysThatAreNone(t *testing.T) {
	var refusal error
	s, arrived := commands(&refusal)
	f := open(t, s)
	for name, headers := range map[string][]string{
		"empty":     {"Idempotency-Key", ""},
		"blank":     {"Idempotency-Key", "a b"},
		"too long":  {"Idempotency-Key", strings.Repeat("k", 129)},
		"not ASCII": {"Idempotency-Key", "clé"},
		"two":       {"Idempotency-Key", "k1", "Idempotency-Key", "k2"},
	} {
		t.Run(name, func(t *testing.T) {
			f := &face{T: t, url: f.url}
			got := f.requireProblem(f.ask(http.MethodPost, order+":cancel", "{}", headers...), 400, "INVALID_ARGUMENT")
			require.Equal(t, "Idempotency-Key", got.Violations[0].Field)
		})
	}
	require.Empty(t, *arrived)
	require.Equal(t, 200, f.ask(http.MethodPost, order+":cancel", "{}", "Idempotency-Key", strings.Repeat("k", 128)).StatusCode)
	require.Equal(t, 200, f.ask(http.MethodGet, order, "", "Idempotency-Key", "a b").StatusCode, "a query is no command")
}
