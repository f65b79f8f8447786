package viewtest

import (
	"bytes"
	"encoding/binary"
	"math"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/golden"
	"tiffin/platform/view"
)

// What is personal in the events that are tried.
const (
	spoken      = "personal, and in the open"
	whereabouts = 41.234567891
)

var sealed = []byte("personal, and sealed")

// aggregateID is a ULID.
const aggregateID = "01JZZZZZZZZZZZZZZZZZZZZZZZ"

// Covers fails the test for every event of the domains which spec reads that it neither routes nor lists in Ignores, or
// does both, for every one that leaves personal data in a document but in the boxes that the spec names, and for every one
// ever published that makes it panic.
func Covers[D any](t testing.TB, spec view.Spec[D]) {
	t.Helper()
	for _, problem := range Gaps(spec) {
		t.Error(problem)
	}
}

// Gaps returns what Covers complains about.
func Gaps[D any](spec view.Spec[D]) []string {
	var gaps []string
	ignored := map[protoreflect.FullName]bool{}
	for _, m := range spec.Ignores {
		ignored[m.ProtoReflect().Descriptor().FullName()] = true
	}
	for _, domain := range spec.Reads {
		oneofs := domain.ProtoReflect().Descriptor().Oneofs()
		for i := range oneofs.Len() {
			cases := oneofs.Get(i).Fields()
			for j := range cases.Len() {
				event := cases.Get(j).Message()
				if event == nil {
					continue
				}
				listed := ignored[event.FullName()]
				delete(ignored, event.FullName())
				if gap := try(spec, sample(domain, cases.Get(j)), listed); gap != "" {
					gaps = append(gaps, string(event.FullName())+" "+gap)
				}
			}
		}
	}
	for _, domain := range spec.Reads {
		gaps = append(gaps, history(spec, domain)...)
	}
	for name := range ignored {
		gaps = append(gaps, string(name)+" is listed as ignored, but is no event of a domain that the view reads")
	}
	return gaps
}

func try[D any](spec view.Spec[D], e view.Event, listed bool) (gap string) {
	defer func() {
		if p := recover(); p != nil {
			gap = "makes the view panic"
		}
	}()
	routed := len(spec.Route(e)) > 0
	switch {
	case routed && listed:
		return "is routed, although it is listed as ignored"
	case !routed && !listed:
		return "is neither routed nor listed as ignored"
	case routed:
		var d D
		spec.Apply(&d, e)
		return personal(spec, &d)
	}
	return ""
}

// history tries every event of a domain that was ever published, as those versions wrote them.
func history[D any](spec view.Spec[D], domain proto.Message) (gaps []string) {
	events, err := golden.Events(domain)
	if err != nil {
		return []string{err.Error()}
	}
	for _, e := range events {
		if e.Err != nil {
			gaps = append(gaps, e.Type+" of an earlier version can't be read: "+e.Err.Error())
		} else if gap := replay(spec, e); gap != "" {
			gaps = append(gaps, e.Type+" as it was published "+gap)
		}
	}
	return gaps
}

func replay[D any](spec view.Spec[D], e view.Event) (gap string) {
	defer func() {
		if p := recover(); p != nil {
			gap = "makes the view panic"
		}
	}()
	if len(spec.Route(e)) > 0 {
		var d D
		spec.Apply(&d, e)
	}
	return ""
}

// personal looks for personal data in what would be stored.
func personal[D any](spec view.Spec[D], d *D) (gap string) {
	raw, err := bson.Marshal(d)
	if err != nil {
		return "makes a document that can't be stored: " + err.Error()
	}
	place := binary.LittleEndian.AppendUint64(nil, math.Float64bits(whereabouts))
	if bytes.Contains(raw, []byte(spoken)) || bytes.Contains(raw, place) {
		return "leaves personal data in the open: keep a seal.Box of it"
	}
	boxes := 0
	if spec.Personal != nil {
		boxes = len(spec.Personal(d))
	}
	if kept := bytes.Count(raw, sealed); kept > boxes {
		return "leaves a box that Personal does not name"
	}
	return ""
}

func sample(domain proto.Message, field protoreflect.FieldDescriptor) view.Event {
	m := domain.ProtoReflect().New()
	fill(m.Mutable(field).Message(), 4)
	now := time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)
	return view.Event{
		Position: 1, ID: aggregateID, AggregateID: aggregateID, Type: eventlog.TypeOf(m.Interface()),
		Domain: eventlog.DomainOf(domain), Time: now, Data: m.Interface(),
	}
}

// fill gives every field a value, down to a depth.
func fill(m protoreflect.Message, depth int) {
	if p, ok := m.Interface().(*typev1.Personal); ok {
		p.PersonId, p.Sealed = aggregateID, sealed
		p.Data = &typev1.PersonalData{Text: spoken, Location: &typev1.Location{Latitude: whereabouts, Longitude: whereabouts}}
		return
	}
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		f := fields.Get(i)
		switch message := f.Message() != nil; {
		case message && depth == 0, f.IsMap():
		case f.IsList() && message:
			fill(m.Mutable(f).List().AppendMutable().Message(), depth-1)
		case f.IsList():
			m.Mutable(f).List().Append(scalar(f))
		case message:
			fill(m.Mutable(f).Message(), depth-1)
		default:
			m.Set(f, scalar(f))
		}
	}
}

func scalar(f protoreflect.FieldDescriptor) protoreflect.Value {
	switch f.Kind() {
	case protoreflect.StringKind:
		return protoreflect.ValueOfString(aggregateID)
	case protoreflect.BytesKind:
		return protoreflect.ValueOfBytes([]byte{1})
	case protoreflect.EnumKind:
		return protoreflect.ValueOfEnum(f.Enum().Values().Get(f.Enum().Values().Len() - 1).Number())
	case protoreflect.Int32Kind, protoreflect.Sint32Kind, protoreflect.Sfixed32Kind:
		return protoreflect.ValueOfInt32(1)
	case protoreflect.Int64Kind, protoreflect.Sint64Kind, protoreflect.Sfixed64Kind:
		return protoreflect.ValueOfInt64(1)
	case protoreflect.Uint32Kind, protoreflect.Fixed32Kind:
		return protoreflect.ValueOfUint32(1)
	case protoreflect.Uint64Kind, protoreflect.Fixed64Kind:
		return protoreflect.ValueOfUint64(1)
	case protoreflect.FloatKind:
		return protoreflect.ValueOfFloat32(1)
	case protoreflect.DoubleKind:
		return protoreflect.ValueOfFloat64(1)
	case protoreflect.BoolKind:
		return protoreflect.ValueOfBool(true)
	default:
		return f.Default()
	}
}
