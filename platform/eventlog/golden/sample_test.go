package golden

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

const (
	// id is a ULID, and stands for every text.
	id = "01JZZZZZZZZZZZZZZZZZZZZZZZ"
	// deepest is how many messages within messages are filled.
	deepest = 8
	// shortened is how much of a hash tells shapes apart.
	shortened = 12
)

// shapeOf tells versions of an event apart: a hash of every field that can be set in it, and in what stands beside it.
func shapeOf(event protoreflect.FieldDescriptor) string {
	var text strings.Builder
	describe(&text, string(event.Message().Name()), event.Message(), deepest)
	for _, beside := range besides(event) {
		describeField(&text, "", beside, deepest)
	}
	sum := sha256.Sum256([]byte(text.String()))
	return hex.EncodeToString(sum[:])[:shortened]
}

// besides are the fields of the domain's event message that belong to every event.
func besides(event protoreflect.FieldDescriptor) (fields []protoreflect.FieldDescriptor) {
	all := event.Parent().(protoreflect.MessageDescriptor).Fields()
	for i := range all.Len() {
		if all.Get(i).ContainingOneof() == nil {
			fields = append(fields, all.Get(i))
		}
	}
	return fields
}

func describe(w *strings.Builder, at string, m protoreflect.MessageDescriptor, depth int) {
	for i := range m.Fields().Len() {
		describeField(w, at, m.Fields().Get(i), depth)
	}
}

func describeField(w *strings.Builder, at string, f protoreflect.FieldDescriptor, depth int) {
	name := at + "." + string(f.Name())
	fmt.Fprintln(w, name, f.Number(), f.Kind(), f.Cardinality())
	if f.Message() != nil && depth > 0 {
		describe(w, name, f.Message(), depth-1)
	}
}

// filler gives every field a value. Where only one of several can be set, turn says which.
type filler struct{ turn int }

func (f filler) fill(m protoreflect.Message, depth int) {
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		field := fields.Get(i)
		one := field.ContainingOneof()
		switch {
		case one != nil && !one.IsSynthetic() && f.turn%one.Fields().Len() != field.Index()-one.Fields().Get(0).Index():
		case m.Descriptor().FullName() == "tiffin.type.v1.Personal" && field.Name() == "data": // it is open in memory only
		case field.IsMap(), field.Message() != nil && depth == 0:
		case field.IsList() && field.Message() != nil:
			list := m.Mutable(field).List()
			for turn := range max(1, alternatives(field.Message())) {
				filler{turn}.fill(list.AppendMutable().Message(), depth-1)
			}
		case field.IsList():
			m.Mutable(field).List().Append(value(field))
		case field.Message() != nil:
			f.fill(m.Mutable(field).Message(), depth-1)
		default:
			m.Set(field, value(field))
		}
	}
}

// alternatives is how many turns it takes until each field of the message's own oneofs had its own.
func alternatives(m protoreflect.MessageDescriptor) (most int) {
	for i := range m.Oneofs().Len() {
		if o := m.Oneofs().Get(i); !o.IsSynthetic() {
			most = max(most, o.Fields().Len())
		}
	}
	return most
}

// turns is how many events show each alternative of what stands in an event once.
func turns(event protoreflect.FieldDescriptor) int {
	most := max(1, alternatives(event.Message()))
	for _, beside := range besides(event) {
		if beside.Message() != nil && !beside.IsList() {
			most = max(most, alternatives(beside.Message()))
		}
	}
	return most
}

func value(f protoreflect.FieldDescriptor) protoreflect.Value {
	switch f.Kind() {
	case protoreflect.StringKind:
		return protoreflect.ValueOfString(id)
	case protoreflect.BytesKind:
		return protoreflect.ValueOfBytes([]byte("sealed"))
	case protoreflect.EnumKind:
		return protoreflect.ValueOfEnum(f.Enum().Values().Get(f.Enum().Values().Len() - 1).Number())
	case protoreflect.Int32Kind:
		return protoreflect.ValueOfInt32(int32(f.Number()))
	case protoreflect.Int64Kind:
		return protoreflect.ValueOfInt64(int64(f.Number()))
	case protoreflect.Uint32Kind:
		return protoreflect.ValueOfUint32(uint32(f.Number()))
	case protoreflect.Uint64Kind:
		return protoreflect.ValueOfUint64(uint64(f.Number()))
	case protoreflect.DoubleKind:
		return protoreflect.ValueOfFloat64(float64(f.Number()) / 2)
	case protoreflect.BoolKind:
		return protoreflect.ValueOfBool(true)
	default:
		panic(fmt.Sprintf("%s: no event has had a %s yet; give it a value here", f.FullName(), f.Kind()))
	}
}

// publish makes an event as today's protos have it, and as the log would hold it.
func publish(domain string, event protoreflect.FieldDescriptor, empty protoreflect.Message, turn int) (published, error) {
	f := filler{turn}
	f.fill(empty.Mutable(event).Message(), deepest)
	for _, beside := range besides(event) {
		switch {
		case beside.IsList():
			list := empty.Mutable(beside).List()
			for turn := range max(1, alternatives(beside.Message())) {
				filler{turn}.fill(list.AppendMutable().Message(), deepest)
			}
		default:
			f.fill(empty.Mutable(beside).Message(), deepest)
		}
	}
	data, err := proto.MarshalOptions{Deterministic: true}.Marshal(empty.Interface())
	kind := domain + "." + string(event.Message().Name())
	return published{
		Type: kind, Shape: shapeOf(event), Subject: "evt." + domain + "." + id, Data: data,
		Headers: nats.Header{
			"ce-specversion": {"1.0"}, "ce-id": {id}, "ce-type": {kind}, "ce-source": {"/tiffin/" + domain},
			"ce-time": {"2026-01-02T12:00:00.123456789Z"}, "ce-subject": {id}, "content-type": {"application/protobuf"},
			"ce-commandid": {"command"}, "ce-commandhash": {"hash"}, "ce-correlationid": {"correlation"}, "ce-causationid": {"causation"},
		},
	}, err
}
