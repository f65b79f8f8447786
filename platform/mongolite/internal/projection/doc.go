// Package projection owns which fields of a document an answer shows.
// Its callers own the documents; a projection copies bytes and changes nothing.
// Expressions, $slice, $elemMatch, $meta and the positional $ are refused when the projection is parsed.
package projection
