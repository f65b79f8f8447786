package fault

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	"tiffin/platform/seal"
)

const redacted = "[REDACTED]"

// shortest is the shortest personal word that is looked for: a shorter one says nothing, and is found everywhere.
const shortest = 3

// Scrub takes words out of a text: what seal.Words finds that events say of persons, out of an error that may quote it. It
// finds them as they stand there, and as %q shows them; not what somebody has made of them.
func Scrub(text string, words ...string) string {
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) }) // a name may be part of an address
	for _, w := range words {
		if len(w) >= shortest {
			quoted := strconv.Quote(w)
			text = strings.NewReplacer(w, redacted, quoted[1:len(quoted)-1], redacted).Replace(text)
		}
	}
	return text
}

// Show returns what the event says as JSON, with what is personal redacted.
func (e Entry) Show() (string, error) {
	if e.Key.Kind == Message {
		return showMessage(e.Event.Data, e.Shown)
	}
	if e.Event.Data == nil {
		return "", errors.New("the event is too long to be parked; it is in the log")
	}
	kind := first(e.Event.Header, "ce-type")
	d, err := eventOf(kind)
	if err != nil {
		return "", err
	}
	m := d.New().Interface()
	if err := proto.Unmarshal(e.Event.Data, m); err != nil {
		return "", fmt.Errorf("decode %s: %w", kind, err)
	}
	seal.Redact(m, redacted)
	shown, err := protojson.MarshalOptions{UseProtoNames: true}.Marshal(m)
	return string(shown), err
}

// eventOf finds the event message whose oneof has the type, such as "ordering.OrderPlaced", among those that are linked in.
func eventOf(kind string) (found protoreflect.MessageType, err error) {
	domain, name, _ := strings.Cut(kind, ".")
	protoregistry.GlobalTypes.RangeMessages(func(t protoreflect.MessageType) bool {
		d := t.Descriptor()
		if !strings.HasPrefix(string(d.FullName()), "tiffin."+domain+".") || !strings.HasSuffix(string(d.Name()), "Event") {
			return true
		}
		for i := range d.Oneofs().Len() {
			fields := d.Oneofs().Get(i).Fields()
			for j := range fields.Len() {
				if m := fields.Get(j).Message(); m != nil && string(m.Name()) == name {
					found = t
					return false
				}
			}
		}
		return true
	})
	if found == nil {
		return nil, fmt.Errorf("event type %q is not known here", kind)
	}
	return found, nil
}
