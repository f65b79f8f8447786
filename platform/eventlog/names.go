package eventlog

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// Stream is the name of the event log.
const Stream = "EVENTS"

const subjectPrefix = "evt."

// DomainOf returns the domain of an event message: "ordering" for tiffin.ordering.v1.OrderEvent.
func DomainOf(event proto.Message) string { return namesOf(event.ProtoReflect().Descriptor()).domain }

// TypeOf returns the type of an event: "ordering.OrderPlaced". It is empty where no case of the oneof is set, which is what
// an event of a newer version looks like, too.
func TypeOf(event proto.Message) string {
	m := event.ProtoReflect()
	n := namesOf(m.Descriptor())
	for _, o := range n.oneofs {
		if f := m.WhichOneof(o); f != nil {
			return n.types[f.Number()]
		}
	}
	return ""
}

// Types returns the types of all events of the domain that an event message is of, in the order of their numbers.
func Types(event proto.Message) []string {
	types := namesOf(event.ProtoReflect().Descriptor()).types
	all := make([]string, 0, len(types))
	for _, number := range slices.Sorted(maps.Keys(types)) {
		all = append(all, types[number])
	}
	return all
}

// names of a domain are all derived from its event message, once.
type names struct {
	domain string
	oneofs []protoreflect.OneofDescriptor
	// types by the number of the oneof's field. What is no message is no event.
	types map[protoreflect.FieldNumber]string
}

var known sync.Map // protoreflect.MessageDescriptor → *names

func namesOf(d protoreflect.MessageDescriptor) *names {
	if n, ok := known.Load(d); ok {
		return n.(*names) //nolint:forcetypeassert // only these are stored
	}
	n := &names{types: map[protoreflect.FieldNumber]string{}}
	parts := strings.Split(string(d.FullName()), ".")
	n.domain = parts[min(1, len(parts)-1)]
	for i := range d.Oneofs().Len() {
		o := d.Oneofs().Get(i)
		n.oneofs = append(n.oneofs, o)
		for j := range o.Fields().Len() {
			if f := o.Fields().Get(j); f.Kind() == protoreflect.MessageKind {
				n.types[f.Number()] = n.domain + "." + string(f.Message().Name())
			}
		}
	}
	known.Store(d, n)
	return n
}

func subjectOf(domain, id string) string { return subjectPrefix + domain + "." + id }

func filterOf(domain string) string { return subjectPrefix + domain + ".>" }

// Split takes a subject apart again: the domain, and the id of the aggregate.
func Split(subject string) (domain, id string, ok bool) {
	rest, ok := strings.CutPrefix(subject, subjectPrefix)
	if !ok {
		return "", "", false
	}
	return strings.Cut(rest, ".")
}
