package problem

import (
	"errors"
	"fmt"
)

// Kind says which sort of thing went wrong, so that a caller knows what to do about it. The zero value is Internal.
type Kind int

// The kinds, each with what a caller should do.
const (
	// Internal: our fault; nothing that the caller can change.
	Internal Kind = iota
	// Invalid: the request itself is wrong; change it.
	Invalid
	// Refused: the request is well formed, but the state of things speaks against it.
	Refused
	// NotFound: there is no such record, or none that the caller may know of.
	NotFound
	// Unauthenticated: say who you are.
	Unauthenticated
	// Forbidden: somebody else's record, or a role that the caller lacks.
	Forbidden
	// KeyReused: the idempotency key was used for another request before.
	KeyReused
	// Contended: others changed the same thing at the same time; repeat.
	Contended
	// Unavailable: something that is needed can't be reached; repeat later.
	Unavailable
	// Exhausted: too much at once; repeat later, more slowly.
	Exhausted
)

// Violation names a field of the request and what is wrong with it.
type Violation struct {
	Field       string `json:"field"`
	Description string `json:"description"`
}

// Problem is an error that callers are meant to see.
type Problem struct {
	Kind Kind
	// Code is machine-readable and part of the API: UPPER_SNAKE_CASE.
	Code string
	// Detail is for a person; it holds no internals.
	Detail     string
	Violations []Violation
	// Meta holds what a program needs to act on the code, such as the right total.
	Meta map[string]string
}

func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// Is makes errors.Is(err, problem.Refuse("X", "")) true for any problem of the same kind and code.
func (p *Problem) Is(target error) bool {
	var other *Problem
	return errors.As(target, &other) && other.Kind == p.Kind && other.Code == p.Code
}

// With returns a copy that also carries a value for programs.
func (p *Problem) With(key, value string) *Problem {
	c := *p
	c.Meta = make(map[string]string, len(p.Meta)+1)
	for k, v := range p.Meta {
		c.Meta[k] = v
	}
	c.Meta[key] = value
	return &c
}

// New returns a problem of the given kind.
func New(kind Kind, code, format string, args ...any) *Problem {
	return &Problem{Kind: kind, Code: code, Detail: fmt.Sprintf(format, args...)}
}

// Refuse says that the state of things speaks against a well-formed request.
func Refuse(code, format string, args ...any) *Problem { return New(Refused, code, format, args...) }

// Missing says that there is no such record.
func Missing(code, format string, args ...any) *Problem { return New(NotFound, code, format, args...) }

// InvalidField says that one field of the request is wrong.
func InvalidField(field, format string, args ...any) *Problem {
	d := fmt.Sprintf(format, args...)
	return &Problem{
		Kind: Invalid, Code: "INVALID_ARGUMENT", Detail: field + ": " + d,
		Violations: []Violation{{Field: field, Description: d}},
	}
}
