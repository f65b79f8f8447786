package projection

import (
	"strconv"
	"strings"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/value"
)

// Projection shows some fields of a document, or hides some.
type Projection struct {
	include bool
	fields  fields
}

// fields are names on one level; a leaf has no fields below it.
type fields map[string]fields

// Parse reads a projection. It returns nil for one that shows everything.
func Parse(doc []byte) (*Projection, error) {
	if doc == nil || value.IsEmpty(doc) {
		return nil, nil
	}
	p := &Projection{fields: fields{}}
	id, decided := value.Value{}, false
	for it := value.Elements(doc); it.Next(); {
		name, v := string(it.Key()), it.Value()
		show, ok := value.Truth(v)
		if !ok {
			return nil, failure.New(failure.BadValue, "mongolite projects fields by 0, 1, true or false only, not '%s' by %s",
				name, value.TypeName(v.Type))
		}
		if name == "_id" {
			id = v
			continue
		}
		if decided && show != p.include {
			return nil, failure.New(failure.MixedProjection, "Cannot do %s on field %s in %s projection",
				kind(show), name, kind(p.include))
		}
		p.include, decided = show, true
		if err := p.fields.add(name); err != nil {
			return nil, err
		}
	}
	showID, _ := value.Truth(id)
	switch {
	case id.Type == value.Missing && p.include, id.Type != value.Missing && showID && (p.include || !decided):
		p.include = true
		p.fields["_id"] = nil
	case id.Type != value.Missing && !showID && !p.include:
		p.fields["_id"] = nil
	}
	return p, nil
}

func kind(include bool) string {
	if include {
		return "inclusion"
	}
	return "exclusion"
}

func (f fields) add(name string) error {
	path, err := value.ParsePath(name)
	if err != nil {
		return err
	}
	parts := path.Parts()
	for i, part := range parts {
		if part == "" || strings.HasPrefix(part, "$") {
			return failure.New(failure.BadValue, "mongolite does not project '%s'", name)
		}
		below, there := f[part]
		last := i == len(parts)-1
		if there && (last || below == nil) {
			return failure.New(failure.PathCollision, "Path collision at %s", name)
		}
		if last {
			f[part] = nil
			break
		}
		if below == nil {
			below = fields{}
			f[part] = below
		}
		f = below
	}
	return nil
}

// AppendTo appends what the projection shows of a document. A nil projection shows
// all of it.
func (p *Projection) AppendTo(dst []byte, doc bsoncore.Document) []byte {
	if p == nil {
		return append(dst, doc...)
	}
	return p.document(dst, doc, p.fields)
}

func (p *Projection) document(dst, doc []byte, f fields) []byte {
	start, dst := bsoncore.AppendDocumentStart(dst)
	for it := value.Elements(doc); it.Next(); {
		below, named := f[string(it.Key())]
		v := it.Value()
		switch {
		case named && below == nil && !p.include, !named && p.include:
		case named && below != nil:
			dst = p.inner(dst, string(it.Key()), v, below)
		default:
			dst = append(bsoncore.AppendHeader(dst, v.Type, string(it.Key())), v.Data...)
		}
	}
	dst, _ = bsoncore.AppendDocumentEnd(dst, start) // fails only on a start that is out of range
	return dst
}

// inner projects what is below a name: in a document, or in the documents of an
// array. An inclusion leaves out what is neither.
func (p *Projection) inner(dst []byte, name string, v value.Value, below fields) []byte {
	switch {
	case v.Type == bsoncore.TypeEmbeddedDocument:
		return p.document(bsoncore.AppendHeader(dst, v.Type, name), v.Data, below)
	case v.Type == bsoncore.TypeArray:
		start, dst := bsoncore.AppendArrayElementStart(dst, name)
		n := 0
		for it := value.Elements(v.Data); it.Next(); {
			before := len(dst)
			if dst = p.inner(dst, strconv.Itoa(n), it.Value(), below); len(dst) > before {
				n++
			}
		}
		dst, _ = bsoncore.AppendArrayEnd(dst, start) // fails only on a start that is out of range
		return dst
	case p.include:
		return dst
	default:
		return append(bsoncore.AppendHeader(dst, v.Type, name), v.Data...)
	}
}
