package rpctest

import (
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

const (
	tooLong  = 100_000
	tooLarge = 1_000_000
)

// mutants returns copies of the request, each with one malformed value, by the path of its field. Left alone are flags, times
// and 64-bit numbers, of which no value is malformed as such.
func mutants(fine proto.Message) map[string]proto.Message {
	out := map[string]proto.Message{}
	walk(fine.ProtoReflect().Descriptor(), "", func(path string, bad func(protoreflect.Message) bool) {
		m := proto.Clone(fine)
		if bad(m.ProtoReflect()) {
			out[path] = m
		}
	})
	return out
}

// walk visits the fields of a message, and of those within it, with a change that says whether it could be made.
func walk(d protoreflect.MessageDescriptor, prefix string, visit func(string, func(protoreflect.Message) bool)) {
	for i := range d.Fields().Len() {
		f := d.Fields().Get(i)
		path := prefix + string(f.Name())
		if f.Kind() != protoreflect.MessageKind {
			visit(path, func(m protoreflect.Message) bool { return spoil(m, f) })
			continue
		}
		if f.Message().FullName() == "google.protobuf.Timestamp" || f.IsMap() {
			continue
		}
		walk(f.Message(), path+".", func(path string, bad func(protoreflect.Message) bool) {
			visit(path, func(m protoreflect.Message) bool {
				inner, ok := within(m, f)
				return ok && bad(inner)
			})
		})
	}
}

// within returns the message that the field holds, the first of several, if it is there.
func within(m protoreflect.Message, f protoreflect.FieldDescriptor) (protoreflect.Message, bool) {
	switch {
	case !m.Has(f):
		return nil, false
	case f.IsList():
		return m.Mutable(f).List().Get(0).Message(), true
	default:
		return m.Mutable(f).Message(), true
	}
}

func spoil(m protoreflect.Message, f protoreflect.FieldDescriptor) bool {
	bad, ok := malformed(f)
	if !ok {
		return false
	}
	if !f.IsList() {
		m.Set(f, bad)
		return true
	}
	// Of a list that may hold anything, at least the length is bounded.
	if f.Kind() == protoreflect.StringKind {
		bad = protoreflect.ValueOfString("?")
	}
	list := m.Mutable(f).List()
	for range 1000 {
		list.Append(bad)
	}
	return true
}

func malformed(f protoreflect.FieldDescriptor) (protoreflect.Value, bool) {
	switch f.Kind() {
	case protoreflect.StringKind:
		return protoreflect.ValueOfString(strings.Repeat("?", tooLong)), true
	case protoreflect.BytesKind:
		return protoreflect.ValueOfBytes([]byte("nonsense")), true
	case protoreflect.EnumKind:
		return protoreflect.ValueOfEnum(tooLarge), true
	case protoreflect.Int32Kind:
		return protoreflect.ValueOfInt32(-tooLarge), true
	case protoreflect.DoubleKind:
		return protoreflect.ValueOfFloat64(tooLarge), true
	default:
		return protoreflect.Value{}, false
	}
}
