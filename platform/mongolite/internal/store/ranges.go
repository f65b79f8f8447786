package store

import (
	"slices"
	"strings"

	"tiffin/platform/mongolite/internal/filter"
	"tiffin/platform/mongolite/internal/value"
)

// keyRange is the keys from one string up to another, that one excluded; without
// an end if it is empty.
type keyRange struct{ from, to string }

// extend puts each interval's one value behind each prefix, in the index's order.
func extend(prefixes []string, points []filter.Interval, descending bool) []string {
	out := make([]string, 0, len(prefixes)*len(points))
	for _, prefix := range prefixes {
		for i := range points {
			if descending {
				i = len(points) - 1 - i
			}
			out = append(out, join(prefix, points[i].From.Key, descending))
		}
	}
	return out
}

// under makes the ranges of the intervals behind each prefix, in the index's order.
func under(prefixes []string, intervals []filter.Interval, descending bool) []keyRange {
	out := make([]keyRange, 0, len(prefixes)*len(intervals))
	for _, prefix := range prefixes {
		for _, in := range intervals {
			from, to := in.From, in.To
			if descending {
				from, to = filter.Cut{Key: to.Key, After: !to.After}, filter.Cut{Key: from.Key, After: !from.After}
			}
			out = append(out, keyRange{from: place(prefix, from, descending), to: place(prefix, to, descending)})
		}
	}
	slices.SortFunc(out, func(a, b keyRange) int { return strings.Compare(a.from, b.from) })
	return out
}

func place(prefix string, cut filter.Cut, descending bool) string {
	key := join(prefix, cut.Key, descending)
	if cut.After {
		return after(key)
	}
	return key
}

func join(prefix string, key []byte, descending bool) string {
	joined := append([]byte(prefix), key...)
	if descending {
		value.Invert(joined[len(prefix):])
	}
	return string(joined)
}

// after is the first string behind all that begin with the prefix. Every key has a
// byte below 0xFF, its type's; only the empty prefix has nothing behind it.
func after(prefix string) string {
	end := []byte(prefix)
	for len(end) > 0 {
		last := len(end) - 1
		if end[last] != 0xFF {
			end[last]++
			return string(end)
		}
		end = end[:last]
	}
	return ""
}
