package identity

import (
	"context"

	"tiffin/platform/problem"
)

// Role is what a caller is to one resource.
type Role string

// The roles that exist.
const (
	// Customer: the resource is the customer's own id.
	Customer Role = "customer"
	// Restaurant: may act for the restaurant that the resource names.
	Restaurant Role = "restaurant"
	// Courier: may act as the courier that the resource names.
	Courier Role = "courier"
	// Operations: keeps the whole house healthy.
	Operations Role = "operations"
	// Service: one of our own processes.
	Service Role = "service"
)

// Any is the resource of a grant that holds for all resources.
const Any = "*"

// Grant gives a role on one resource, or on Any.
type Grant struct {
	Role     Role   `json:"role"`
	Resource string `json:"resource"`
}

// Caller is who sent a request. The zero value is nobody.
type Caller struct {
	// Subject is the caller's own id: a customer's, a courier's, a persona's or a service's.
	Subject string
	Name    string
	Grants  []Grant
	// Token is the bearer token that said so, to be forwarded to our own services.
	Token string
}

// Anonymous reports whether nobody signed in.
func (c Caller) Anonymous() bool { return c.Subject == "" }

// Has reports whether the caller holds the role on the resource.
func (c Caller) Has(role Role, resource string) bool {
	for _, g := range c.Grants {
		if g.Role == role && (g.Resource == resource || g.Resource == Any) {
			return true
		}
	}
	return false
}

// Resource returns the first resource on which the caller holds the role, Any excluded, and whether there is one.
func (c Caller) Resource(role Role) (string, bool) {
	for _, g := range c.Grants {
		if g.Role == role && g.Resource != Any {
			return g.Resource, true
		}
	}
	return "", false
}

// Require refuses a caller who holds none of the grants: Unauthenticated for nobody, Forbidden for somebody else.
func (c Caller) Require(anyOf ...Grant) error {
	if c.Anonymous() {
		return problem.New(problem.Unauthenticated, "UNAUTHENTICATED", "this needs a signed-in caller")
	}
	for _, g := range anyOf {
		if c.Has(g.Role, g.Resource) {
			return nil
		}
	}
	return problem.New(problem.Forbidden, "FORBIDDEN", "this caller may not do that")
}

type callerKey struct{}

// NewContext returns a context that carries the caller.
func NewContext(ctx context.Context, c Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// FromContext returns the caller, or nobody.
func FromContext(ctx context.Context) Caller {
	c, _ := ctx.Value(callerKey{}).(Caller)
	return c
}
