package filter

import (
	"regexp"
	"regexp/syntax"
	"strings"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/value"
)

func parseRegex(v, options value.Value) (condition, error) {
	var pattern, flags string
	switch v.Type {
	case bsoncore.TypeRegex:
		pattern, flags = value.Regex(v)
	case bsoncore.TypeString:
		pattern = value.Text(v)
	default:
		return condition{}, failure.New(failure.BadValue, "$regex has to be a string")
	}
	if options.Type != value.Missing {
		if options.Type != bsoncore.TypeString {
			return condition{}, failure.New(failure.BadValue, "$options has to be a string")
		}
		if flags != "" {
			return condition{}, failure.New(failure.InvalidRegex, "options set in both $regex and $options")
		}
		flags = value.Text(options)
	}
	test, err := compile(pattern, flags)
	test.source = v
	return condition{test: test}, err
}

func compile(pattern, options string) (match, error) {
	flags := syntax.Perl
	for _, o := range options {
		switch o {
		case 'i':
			flags |= syntax.FoldCase
		case 'm':
			flags &^= syntax.OneLine
		case 's':
			flags |= syntax.DotNL
		default:
			return match{}, failure.New(failure.InvalidRegex, "mongolite does not support the regex option '%c'", o)
		}
	}
	tree, err := syntax.Parse(pattern, flags)
	if err != nil {
		return match{}, failure.New(failure.InvalidRegex, "Regular expression is invalid: %v", err)
	}
	asPCRE(tree)
	re, err := regexp.Compile(tree.String())
	if err != nil {
		return match{}, failure.New(failure.InvalidRegex, "Regular expression is invalid: %v", err)
	}
	return match{re: re, prefix: literalPrefix(tree)}, nil
}

// asPCRE lets $ match before a final newline too, as MongoDB's engine does.
func asPCRE(re *syntax.Regexp) {
	for i, sub := range re.Sub {
		if sub.Op == syntax.OpEndText && sub.Flags&syntax.WasDollar != 0 {
			re.Sub[i] = beforeEnd()
			continue
		}
		asPCRE(sub)
	}
	if re.Op == syntax.OpEndText && re.Flags&syntax.WasDollar != 0 {
		*re = *beforeEnd()
	}
}

func beforeEnd() *syntax.Regexp {
	re, err := syntax.Parse(`(?:\n?\z)`, syntax.Perl)
	if err != nil {
		panic(err) // a constant
	}
	return re
}

// literalPrefix is what every string that matches begins with, or nothing.
func literalPrefix(re *syntax.Regexp) string {
	if re.Op != syntax.OpConcat || re.Sub[0].Op != syntax.OpBeginText {
		return ""
	}
	var prefix strings.Builder
	for _, sub := range re.Sub[1:] {
		if sub.Op != syntax.OpLiteral || sub.Flags&syntax.FoldCase != 0 {
			break
		}
		prefix.WriteString(string(sub.Rune))
	}
	return prefix.String()
}
