package scenario

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	"tiffin/platform/eventlog/golden"
	"tiffin/platform/problem"
)

// Scenario reads: given these events, when the command arrives, then this event follows, or none, or this refusal.
type Scenario[S any, E proto.Message] struct {
	Name  string
	Given []E
	When  func(S) (E, error)
	Then  E
	// Refused is the problem's code; Field is the one that it names, Meta what it says beside.
	Refused, Field string
	Meta           map[string]string
	// Once says that the same command again is refused, and not answered without an event as every other repeat.
	Once bool
}

// Evolve is how a domain folds an event.
type Evolve[S any, E proto.Message] func(S, E) (S, error)

// Run runs the scenarios.
func Run[S any, E proto.Message](t *testing.T, evolve Evolve[S, E], scenarios []Scenario[S, E]) {
	t.Helper()
	for _, s := range scenarios {
		t.Run(s.Name, func(t *testing.T) {
			var state S
			for _, e := range s.Given {
				state = fold(t, evolve, state, e)
			}
			got, err := s.When(state)
			if s.Refused != "" {
				s.requireRefusal(t, got, err)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(s.Then, got, protocmp.Transform()); diff != "" {
				t.Fatal(diff)
			}
			if !got.ProtoReflect().IsValid() {
				return
			}
			again, err := s.When(fold(t, evolve, state, got))
			if again.ProtoReflect().IsValid() || s.Once != (err != nil) {
				t.Fatalf("a repeat gives %v, %v", again, err)
			}
		})
	}
}

func (s Scenario[S, E]) requireRefusal(t *testing.T, got E, err error) {
	t.Helper()
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != s.Refused || got.ProtoReflect().IsValid() {
		t.Fatalf("got %v, %v, want the refusal %s", got, err, s.Refused)
	}
	if s.Field != "" && (len(p.Violations) == 0 || p.Violations[0].Field != s.Field) {
		t.Fatalf("got %v, want a violation of %s", p.Violations, s.Field)
	}
	for k, want := range s.Meta {
		if p.Meta[k] != want {
			t.Fatalf("meta %s is %q, want %q", k, p.Meta[k], want)
		}
	}
}

func fold[S any, E proto.Message](t *testing.T, evolve Evolve[S, E], state S, e E) S {
	t.Helper()
	state, err := evolve(state, e)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// RequireEveryEvent fails for an event of E's oneof that the domain does not evolve, in whatever version it was published, and
// where it evolves one without a case.
func RequireEveryEvent[S any, E proto.Message](t *testing.T, evolve Evolve[S, E]) {
	t.Helper()
	var state S
	var prototype E
	empty, _ := prototype.ProtoReflect().Type().New().Interface().(E)
	if _, err := evolve(state, empty); err == nil {
		t.Error("an event without a case evolved")
	}
	cases := empty.ProtoReflect().Descriptor().Oneofs().ByName("event").Fields()
	for i := range cases.Len() {
		e, _ := proto.Clone(empty).(E)
		e.ProtoReflect().Set(cases.Get(i), e.ProtoReflect().NewField(cases.Get(i)))
		if _, err := evolve(state, e); err != nil {
			t.Errorf("%s: %v", cases.Get(i).Name(), err)
		}
	}
	published, err := golden.Events(prototype)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range published {
		data, _ := e.Data.(E)
		if e.Err != nil {
			t.Errorf("%s: %v", e.Type, e.Err)
		} else if _, err := evolve(state, data); err != nil {
			t.Errorf("%s as it was published: %v", e.Type, err)
		}
	}
}
