package check

import "strings"

// domainOf is the domain of a type of event.
func domainOf(kind string) string {
	domain, _, _ := strings.Cut(kind, ".")
	return domain
}
