package main

import (
	"fmt"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
)

// names are what the templates may say.
type names struct{ Audience, Name string }

var nameRule = regexp.MustCompile(`^[a-z][a-z0-9]*$`)

// taken are what the templates name otherwise: a package of that name would hide it.
var taken = []string{
	"cell", "context", "event", "eventlog", "eventlogtest", "events", "fmt", "goleak", "grpc", "host", "house", "identity", "main",
	"open", "opened", "operations", "os", "problem", "proto", "require", "rpctest", "run", "scenario", "scenarios", "server", "service",
	"settings", "table", "testing", "time", "view", "viewtest",
}

func newNames(name, audience string) (names, error) {
	if !nameRule.MatchString(name) {
		return names{}, fmt.Errorf("%q is no name for a package: it must match %s", name, nameRule)
	}
	if token.IsKeyword(name) || types.Universe.Lookup(name) != nil || slices.Contains(taken, name) {
		return names{}, fmt.Errorf("%q means something else in Go, or in what is written", name)
	}
	if audience != "" && !nameRule.MatchString(audience) {
		return names{}, fmt.Errorf("%q is no name for an audience: it must match %s", audience, nameRule)
	}
	return names{Audience: audience, Name: name}, nil
}

// Type is the name as Go's types and protobuf's messages bear it.
func (n names) Type() string { return strings.ToUpper(n.Name[:1]) + n.Name[1:] }

// Upper is the name as it stands in the codes of refusals.
func (n names) Upper() string { return strings.ToUpper(n.Name) }
