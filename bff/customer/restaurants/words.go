package restaurants

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// Fold makes texts that people take for the same the same: case, accents and ß are folded.
func Fold(s string) string {
	marks := runes.Remove(runes.In(unicode.Mn))
	out, _, err := transform.String(transform.Chain(norm.NFKD, cases.Fold(), marks, norm.NFC), s)
	if err != nil { // these transformers take any input
		return strings.ToLower(s)
	}
	return out
}

// Words are the distinct folded words of the texts, sorted.
func Words(texts ...string) []string {
	var words []string
	for _, text := range texts {
		words = append(words, strings.FieldsFunc(Fold(text), func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsNumber(r)
		})...)
	}
	slices.Sort(words)
	return slices.Compact(words)
}
