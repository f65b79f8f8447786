package identity_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"

	"tiffin/platform/identity"
	"tiffin/platform/problem"
)

var ada = identity.Caller{
	Subject: "ada", Name: "Ada", Grants: []identity.Grant{{Role: identity.Customer, Resource: "ada"}, {Role: identity.Restaurant, Resource: "r1"}},
}

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func issuerIn(t *testing.T, dir string, c *clock) *identity.Issuer {
	t.Helper()
	issuer, err := identity.NewIssuer(dir, c.now)
	require.NoError(t, err)
	return issuer
}

func refused(t *testing.T, issuer *identity.Issuer, token string) {
	t.Helper()
	caller, err := issuer.Verify(t.Context(), token)
	var p *problem.Problem
	require.ErrorAs(t, err, &p, "want a problem, got %v", err)
	require.Equal(t, problem.Unauthenticated, p.Kind)
	require.True(t, caller.Anonymous())
}

func TestATokenSaysWhoIsCalling(t *testing.T) {
	issuer := issuerIn(t, t.TempDir(), newClock())
	token, err := issuer.Issue(ada)
	require.NoError(t, err)
	want := ada
	want.Token = token
	for range 2 { // checked anew, then remembered
		got, err := issuer.Verify(t.Context(), token)
		require.NoError(t, err)
		require.Equal(t, want, got)
		got.Grants[0].Role = identity.Operations // a handler's mischief stays its own
	}
}

func TestNobodyGetsNoToken(t *testing.T) {
	_, err := issuerIn(t, t.TempDir(), newClock()).Issue(identity.Caller{})
	require.Error(t, err)
}

func TestATokenOutlivesARestartAndNoMoreThanItsTime(t *testing.T) {
	dir, c := t.TempDir(), newClock()
	token, err := issuerIn(t, dir, c).Issue(ada)
	require.NoError(t, err)
	again := issuerIn(t, dir, c)
	_, err = again.Verify(t.Context(), token)
	require.NoError(t, err)
	c.pass(time.Hour)
	refused(t, again, token) // although it is remembered
}

func TestForgedTokensAreRefused(t *testing.T) {
	c := newClock()
	issuer := issuerIn(t, t.TempDir(), c)
	token, err := issuer.Issue(ada)
	require.NoError(t, err)
	part := strings.Split(token, ".")
	encode := base64.RawURLEncoding.EncodeToString
	body, err := base64.RawURLEncoding.DecodeString(part[1])
	require.NoError(t, err)
	other, err := issuerIn(t, t.TempDir(), c).Issue(ada)
	require.NoError(t, err)
	unsigned, err := jwt.NewWithClaims(jwt.SigningMethodNone, jwt.MapClaims{"sub": "ada"}).SignedString(jwt.UnsafeAllowNoneSignatureType)
	require.NoError(t, err)
	public, _, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	symmetric, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"sub": "ada"}).SignedString([]byte(public))
	require.NoError(t, err)

	for name, forged := range map[string]string{
		"empty":             "",
		"garbage":           "a.b.c",
		"another person":    part[0] + "." + encode([]byte(strings.ReplaceAll(string(body), "ada", "eve"))) + "." + part[2],
		"no signature":      part[0] + "." + part[1] + ".",
		"alg none":          unsigned,
		"alg none, claims":  encode([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + part[1] + ".",
		"symmetric":         symmetric,
		"another issuer":    other,
		"something more":    token + "A",
		"something missing": token[:len(token)-2],
	} {
		t.Run(name, func(t *testing.T) { refused(t, issuer, forged) })
	}
}

func TestAServiceCallsAsItself(t *testing.T) {
	issuer := issuerIn(t, t.TempDir(), newClock())
	ctx, err := issuer.AsService(t.Context(), "seed")
	require.NoError(t, err)
	caller, err := issuer.Verify(ctx, identity.FromContext(ctx).Token)
	require.NoError(t, err)
	require.Equal(t, "seed", caller.Subject)
	require.NoError(t, caller.Require(identity.Grant{Role: identity.Service, Resource: identity.Any}))
	require.False(t, caller.Has(identity.Operations, identity.Any))
}

func TestTheKeyIsKeptFromOthers(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	c := newClock()
	issuerIn(t, dir, c)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 1)
	path := filepath.Join(dir, entries[0].Name())
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())

	require.NoError(t, os.Chmod(path, 0o644))
	_, err = identity.NewIssuer(dir, c.now)
	require.ErrorContains(t, err, "open to others")

	require.NoError(t, os.WriteFile(path, []byte("not a key"), 0o600))
	require.NoError(t, os.Chmod(path, 0o600))
	_, err = identity.NewIssuer(dir, c.now)
	require.ErrorContains(t, err, "holds no private key")
}

func TestIssuersThatStartAtOnceShareOneKey(t *testing.T) {
	dir, c := t.TempDir(), newClock()
	issuers := make([]*identity.Issuer, 8)
	var group sync.WaitGroup
	for i := range issuers {
		group.Go(func() {
			issuer, err := identity.NewIssuer(dir, c.now)
			if err != nil {
				t.Error(err)
				return
			}
			issuers[i] = issuer
		})
	}
	group.Wait()
	require.False(t, t.Failed())
	token, err := issuers[0].Issue(ada)
	require.NoError(t, err)
	for _, issuer := range issuers {
		_, err := issuer.Verify(t.Context(), token)
		require.NoError(t, err)
	}
}

func TestAServicesTokenServesForAWhile(t *testing.T) {
	now := time.Now()
	issuer, err := identity.NewIssuer(t.TempDir(), func() time.Time { return now })
	require.NoError(t, err)
	shown := func(name string) string {
		ctx, err := issuer.AsService(t.Context(), name)
		require.NoError(t, err)
		c := identity.FromContext(ctx)
		require.Equal(t, name, c.Subject)
		checked, err := issuer.Verify(ctx, c.Token)
		require.NoError(t, err)
		require.NoError(t, checked.Require(identity.Grant{Role: identity.Service, Resource: identity.Any}))
		return c.Token
	}
	first := shown("fulfilment")
	require.NotEqual(t, first, shown("dispatch"))
	now = now.Add(59 * time.Second)
	require.Equal(t, first, shown("fulfilment"))
	now = now.Add(2 * time.Second)
	require.NotEqual(t, first, shown("fulfilment"))
}
