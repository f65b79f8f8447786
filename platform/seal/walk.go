package seal

import (
	"sync"

	"google.golang.org/protobuf/reflect/protoreflect"

	typev1 "tiffin/gen/tiffin/type/v1"
)

var (
	personalName = (*typev1.Personal)(nil).ProtoReflect().Descriptor().FullName()
	known        sync.Map // protoreflect.FullName → bool: does it hold a Personal, at any depth
	paths        sync.Map // protoreflect.FullName → []protoreflect.FieldDescriptor: the fields that lead to one
)

// hasPersonal reports whether messages of this type can hold personal data; asked once a type, so that others cost nothing.
func hasPersonal(d protoreflect.MessageDescriptor) bool {
	if has, ok := known.Load(d.FullName()); ok {
		return has.(bool) //nolint:forcetypeassert // only bools are stored
	}
	has := search(d, map[protoreflect.FullName]bool{})
	known.Store(d.FullName(), has)
	return has
}

func search(d protoreflect.MessageDescriptor, seen map[protoreflect.FullName]bool) bool {
	if d.FullName() == personalName {
		return true
	}
	if seen[d.FullName()] {
		return false
	}
	seen[d.FullName()] = true
	for i := range d.Fields().Len() {
		if sub := messageOf(d.Fields().Get(i)); sub != nil && search(sub, seen) {
			return true
		}
	}
	return false
}

// messageOf returns the message type that a field holds, one or many, or nil.
func messageOf(f protoreflect.FieldDescriptor) protoreflect.MessageDescriptor {
	if f.IsMap() {
		return f.MapValue().Message()
	}
	return f.Message()
}

// leads returns the fields of this type that can hold personal data; asked once a type, so that the others are not visited.
func leads(d protoreflect.MessageDescriptor) []protoreflect.FieldDescriptor {
	if fields, ok := paths.Load(d.FullName()); ok {
		return fields.([]protoreflect.FieldDescriptor) //nolint:forcetypeassert // only these are stored
	}
	var fields []protoreflect.FieldDescriptor
	for i := range d.Fields().Len() {
		if f := d.Fields().Get(i); messageOf(f) != nil && hasPersonal(messageOf(f)) {
			fields = append(fields, f)
		}
	}
	paths.Store(d.FullName(), fields)
	return fields
}

// eachPersonal calls do for every Personal in the message; the first error ends it.
func eachPersonal(m protoreflect.Message, do func(*typev1.Personal) error) error {
	if p, ok := m.Interface().(*typev1.Personal); ok {
		return do(p)
	}
	for _, f := range leads(m.Descriptor()) {
		if !m.Has(f) {
			continue
		}
		if err := eachIn(f, m.Get(f), do); err != nil {
			return err
		}
	}
	return nil
}

func eachIn(f protoreflect.FieldDescriptor, v protoreflect.Value, do func(*typev1.Personal) error) error {
	switch {
	case f.IsList():
		for i := range v.List().Len() {
			if err := eachPersonal(v.List().Get(i).Message(), do); err != nil {
				return err
			}
		}
		return nil
	case f.IsMap():
		var err error
		v.Map().Range(func(_ protoreflect.MapKey, mv protoreflect.Value) bool {
			err = eachPersonal(mv.Message(), do)
			return err == nil
		})
		return err
	default:
		return eachPersonal(v.Message(), do)
	}
}
