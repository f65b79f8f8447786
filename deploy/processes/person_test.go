package processes

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/platform/identity"
)

// person is who calls a BFF.
type person struct{ url, token string }

// answer is what the BFF says.
type answer struct {
	status int
	header http.Header
	body   map[string]any
}

// person signs somebody in at a BFF.
func (c *cell) person(t *testing.T, audience string, grant identity.Grant) person {
	t.Helper()
	token, err := c.issuer.Issue(identity.Caller{Subject: newID(), Grants: []identity.Grant{grant}})
	require.NoError(t, err)
	return person{url: "http://" + c.addrs[audience+"-bff"] + "/api/" + audience + "/v1", token: token}
}

func (p person) call(t *testing.T, method, path, position string, body any) answer {
	t.Helper()
	data, err := json.Marshal(body)
	require.NoError(t, err)
	r, err := http.NewRequestWithContext(t.Context(), method, p.url+path, bytes.NewReader(data))
	require.NoError(t, err)
	r.Header.Set("Authorization", "Bearer "+p.token)
	if position != "" {
		r.Header.Set("Tiffin-Position", position)
	}
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	got := answer{status: resp.StatusCode, header: resp.Header}
	require.NoError(t, json.NewDecoder(resp.Body).Decode(&got.body))
	return got
}

// reads asks once, and wants an answer that has something in the field; any field where none is given.
func (p person) reads(t *testing.T, path, field string) map[string]any {
	t.Helper()
	got := p.call(t, http.MethodGet, path, "", nil)
	require.Equal(t, http.StatusOK, got.status, "%s: %v", path, got.body)
	require.NotEmpty(t, got.body[field], "%s: %v", path, got.body)
	return got.body
}

// sees waits until what is read is as expected.
func (p person) sees(t *testing.T, path, what string, expected func(body map[string]any) bool) {
	t.Helper()
	var last answer
	defer func() {
		if t.Failed() {
			t.Log(path, last.status, last.body)
		}
	}()
	require.Eventually(t, func() bool {
		last = p.call(t, http.MethodGet, path, "", nil)
		return last.status == http.StatusOK && expected(last.body)
	}, patience, 20*time.Millisecond, what)
}

// does commands, again while the service can't be reached: it has only just come back.
func (p person) does(t *testing.T, method, path string, body any) {
	t.Helper()
	var last answer
	require.Eventually(t, func() bool {
		last = p.call(t, method, path, "", body)
		return last.status != http.StatusServiceUnavailable
	}, patience, 100*time.Millisecond, path)
	require.Equal(t, http.StatusOK, last.status, "%s: %v", path, last.body)
}

// is tells what a field must be.
func is(field string, value any) func(map[string]any) bool {
	return func(body map[string]any) bool { return body[field] == value }
}

// among tells that one of a list has the id.
func among(list, field, id string) func(map[string]any) bool {
	return func(body map[string]any) bool {
		all, _ := body[list].([]any)
		for _, one := range all {
			if of, _ := one.(map[string]any); of[field] == id {
				return true
			}
		}
		return false
	}
}
