package identity

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
	lru "github.com/hashicorp/golang-lru/v2"

	"tiffin/platform/problem"
)

const (
	issuerName = "tiffin-local"
	audience   = "tiffin"
	// lifetime of a token. Clients ask for another when one is refused.
	lifetime = time.Hour
	// remembered is how many checked tokens are kept: a signature costs more to check than most queries cost to answer.
	remembered = 4096
)

// Issuer signs and checks the tokens of local mode. It is safe for concurrent use.
type Issuer struct {
	key     ed25519.PrivateKey
	now     func() time.Time
	parser  *jwt.Parser
	checked remembering
	// services are those of our own processes that were signed for, by name.
	services sync.Map
}

// remembering is a bounded cache. It is not of the issuer's type, which every process would compile once more.
type remembering interface {
	Get(token string) (claims, bool)
	Add(token string, c claims) (evicted bool)
}

type claims struct {
	jwt.RegisteredClaims
	Name   string  `json:"name,omitempty"`
	Grants []Grant `json:"grants"`
}

// NewIssuer returns an issuer whose key lives in the data directory, so that tokens outlive a restart.
func NewIssuer(dataDir string, now func() time.Time) (*Issuer, error) {
	key, err := loadKey(dataDir)
	if err != nil {
		return nil, err
	}
	checked, err := lru.New[string, claims](remembered)
	if err != nil {
		return nil, fmt.Errorf("identity: remember checked tokens: %w", err)
	}
	return &Issuer{
		key: key, now: now, checked: checked,
		parser: jwt.NewParser(
			// One algorithm, named by us: a token can't choose how it is checked.
			jwt.WithValidMethods([]string{jwt.SigningMethodEdDSA.Alg()}),
			jwt.WithIssuer(issuerName), jwt.WithAudience(audience), jwt.WithExpirationRequired(), jwt.WithTimeFunc(now),
		),
	}, nil
}

// Issue signs a token that says who the caller is and what the caller may do, for an hour.
func (i *Issuer) Issue(c Caller) (string, error) {
	if c.Anonymous() {
		return "", errors.New("identity: nobody gets no token")
	}
	now := i.now()
	token, err := jwt.NewWithClaims(jwt.SigningMethodEdDSA, claims{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: issuerName, Audience: jwt.ClaimStrings{audience}, Subject: c.Subject,
			IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(lifetime)),
		},
		Name: c.Name, Grants: c.Grants,
	}).SignedString(i.key)
	if err != nil {
		return "", fmt.Errorf("identity: sign a token: %w", err)
	}
	return token, nil
}

// Verify returns the caller of a token that this issuer signed and that has not expired; else problem.Unauthenticated.
func (i *Issuer) Verify(_ context.Context, token string) (Caller, error) {
	c, known := i.checked.Get(token)
	if !known || !i.now().Before(c.ExpiresAt.Time) {
		c = claims{}
		_, err := i.parser.ParseWithClaims(token, &c, func(*jwt.Token) (any, error) { return i.key.Public(), nil })
		if err != nil || c.Subject == "" {
			return Caller{}, problem.New(problem.Unauthenticated, "UNAUTHENTICATED", "the bearer token is not valid or has expired")
		}
		i.checked.Add(token, c)
	}
	// A copy: what a handler does to its caller must not change the next one.
	return Caller{Subject: c.Subject, Name: c.Name, Grants: append([]Grant(nil), c.Grants...), Token: token}, nil
}

// AsService returns a context in which one of our own processes is the caller, with a token fresh enough for one call. A token
// serves for a minute: to sign one costs as much as many a command.
func (i *Issuer) AsService(ctx context.Context, name string) (context.Context, error) {
	now := i.now()
	if signed, ok := i.services.Load(name); ok && now.Before(signed.(service).until) { //nolint:forcetypeassert // only these are stored
		return NewContext(ctx, signed.(service).caller()), nil //nolint:forcetypeassert // as above
	}
	s := service{name: name, until: now.Add(serviceToken)}
	var err error
	if s.token, err = i.Issue(s.caller()); err != nil {
		return nil, err
	}
	i.services.Store(name, s)
	return NewContext(ctx, s.caller()), nil
}

const serviceToken = time.Minute

// service is one of our own processes, with the token that it shows until then.
type service struct {
	name, token string
	until       time.Time
}

func (s service) caller() Caller {
	return Caller{Subject: s.name, Name: s.name, Grants: []Grant{{Role: Service, Resource: Any}}, Token: s.token}
}
