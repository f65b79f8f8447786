package views

import (
	"bytes"
	"fmt"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// Field is where two documents differ; what is longer is cut.
type Field struct {
	Path    string `json:"path"`
	Served  string `json:"served"`
	Rebuilt string `json:"rebuilt"`
}

const (
	absent   = "(absent)"
	longest  = 120
	ellipsis = "…"
)

// refolded is where a view counts how often it has made a document anew, beside what the log says: a clean rebuild never has.
const refolded = "_refolded"

// differing returns the fields in which two documents differ, whatever the order of the fields.
func differing(served, rebuilt bson.Raw) []Field {
	return compareDocuments("", served, rebuilt)
}

func compareDocuments(path string, served, rebuilt bson.Raw) []Field {
	s, errS := served.Elements()
	b, errB := rebuilt.Elements()
	if errS != nil || errB != nil {
		return []Field{{Path: path, Served: text(served, errS), Rebuilt: text(rebuilt, errB)}}
	}
	var fields []Field
	seen := map[string]bool{}
	for _, element := range slices.Concat(s, b) {
		name := element.Key()
		if seen[name] {
			continue
		}
		seen[name] = true
		inner := name
		if path != "" {
			inner = path + "." + name
		}
		if inner == refolded {
			continue
		}
		fields = append(fields, compareValues(inner, served.Lookup(name), rebuilt.Lookup(name))...)
	}
	return fields
}

func compareValues(path string, served, rebuilt bson.RawValue) []Field {
	if served.Type == rebuilt.Type && bytes.Equal(served.Value, rebuilt.Value) {
		return nil
	}
	if served.Type == rebuilt.Type {
		switch served.Type {
		case bson.TypeEmbeddedDocument, bson.TypeArray: // an array is a document whose names are numbers
			return compareDocuments(path, served.Value, rebuilt.Value)
		default:
		}
	}
	return []Field{{Path: path, Served: value(served), Rebuilt: value(rebuilt)}}
}

func value(v bson.RawValue) string {
	if v.IsZero() {
		return absent
	}
	return cut(v.String())
}

func text(raw bson.Raw, err error) string {
	if err != nil {
		return fmt.Sprintf("(broken: %v)", err)
	}
	return cut(raw.String())
}

func cut(s string) string {
	if runes := []rune(s); len(runes) > longest {
		return string(runes[:longest]) + ellipsis
	}
	return s
}
