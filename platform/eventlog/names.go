package eventlog

import (
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// Stream is the name of the event log.
const Stream = "EVENTS"

const subjectPrefix = "evt."

// DomainOf returns the domain of an event message: "ordering" for tiffin.ordering.v1.OrderEvent.
func DomainOf(event proto.Message) string {
	parts := strings.Split(string(event.ProtoReflect().Descriptor().FullName()), ".")
	if len(parts) < 2 {
		return parts[0]
	}
	return parts[1]
}

// TypeOf returns the type of an event: "ordering.OrderPlaced". It is empty where no case of the oneof is set, which is what
// an event of a newer version looks like, too.
func TypeOf(event proto.Message) string {
	m := event.ProtoReflect()
	oneofs := m.Descriptor().Oneofs()
	for i := range oneofs.Len() {
		if f := m.WhichOneof(oneofs.Get(i)); f != nil && f.Kind() == protoreflect.MessageKind {
			return DomainOf(event) + "." + string(f.Message().Name())
		}
	}
	return ""
}

func subjectOf(domain, id string) string { return subjectPrefix + domain + "." + id }

func filterOf(domain string) string { return subjectPrefix + domain + ".>" }

// split takes a subject apart again.
func split(subject string) (domain, id string, ok bool) {
	rest, ok := strings.CutPrefix(subject, subjectPrefix)
	if !ok {
		return "", "", false
	}
	return strings.Cut(rest, ".")
}
