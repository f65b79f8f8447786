package server

import "strings"

// matches tells whether a path fits a manifest's route, by the kit's rules (frontends/kit/src/routing/match.ts): segment
// by segment, ":name" takes one, and a last "*" takes whatever is left.
func matches(route, path string) bool {
	want, have := segments(route), segments(path)
	for i, part := range want {
		if part == "*" {
			return true
		}
		if i >= len(have) || (!strings.HasPrefix(part, ":") && part != have[i]) {
			return false
		}
	}
	return len(want) == len(have)
}

func segments(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
}
