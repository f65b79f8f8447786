package golden

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"

	_ "tiffin/gen/tiffin/courier/v1"
	_ "tiffin/gen/tiffin/customer/v1"
	_ "tiffin/gen/tiffin/delivery/v1"
	_ "tiffin/gen/tiffin/dispatch/v1"
	_ "tiffin/gen/tiffin/erasure/v1"
	_ "tiffin/gen/tiffin/fulfilment/v1"
	_ "tiffin/gen/tiffin/kitchen/v1"
	_ "tiffin/gen/tiffin/ordering/v1"
	_ "tiffin/gen/tiffin/payment/v1"
	_ "tiffin/gen/tiffin/restaurant/v1"
)

var (
	update = flag.Bool("update", false, "add what has no golden event, and write down anew what they are read as")
	image  = flag.String("image", "", "protos of an earlier version, as buf build writes them, to add what it published")
)

// eventFiles are the protos that list a domain's events, of today or of the image.
func eventFiles(t *testing.T) map[string]protoreflect.FileDescriptor {
	t.Helper()
	files := protoregistry.GlobalFiles
	if *image != "" {
		raw, err := os.ReadFile(*image)
		require.NoError(t, err)
		set := &descriptorpb.FileDescriptorSet{}
		require.NoError(t, proto.Unmarshal(raw, set))
		files, err = protodesc.NewFiles(set)
		require.NoError(t, err)
	}
	paths, err := filepath.Glob("../../../proto/tiffin/*/v1/events.proto")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	found := map[string]protoreflect.FileDescriptor{}
	for _, path := range paths {
		domain := filepath.Base(filepath.Dir(filepath.Dir(path)))
		file, err := files.FindFileByPath("tiffin/" + domain + "/v1/events.proto")
		if *image != "" && err != nil { // a domain that is younger
			continue
		}
		require.NoError(t, err, "import the domain's generated code in this test")
		found[domain] = file
	}
	return found
}

// oneofOf returns the list of a domain's events.
func oneofOf(t *testing.T, file protoreflect.FileDescriptor) protoreflect.OneofDescriptor {
	t.Helper()
	for i := range file.Messages().Len() {
		if o := file.Messages().Get(i).Oneofs().ByName("event"); o != nil {
			return o
		}
	}
	t.Fatalf("%s lists no events", file.Path())
	return nil
}

// prototype is the domain's event message as it is compiled into programs.
func prototype(t *testing.T, one protoreflect.OneofDescriptor) proto.Message {
	t.Helper()
	kind, err := protoregistry.GlobalTypes.FindMessageByName(one.Parent().FullName())
	require.NoError(t, err)
	return kind.Zero().Interface()
}

func TestEveryEventEverPublishedIsGolden(t *testing.T) {
	for domain, file := range eventFiles(t) {
		golden, err := read(os.DirFS("."), domain) // what one run adds, the next sees
		require.NoError(t, err)
		var added []published
		cases := oneofOf(t, file).Fields()
		for i := range cases.Len() {
			event := cases.Get(i)
			kind, shape := domain+"."+string(event.Message().Name()), shapeOf(event)
			if slices.ContainsFunc(golden, func(p published) bool { return p.Type == kind && p.Shape == shape }) {
				continue
			}
			if !*update {
				t.Errorf("%s has no golden event as it is now: run `make golden`, and commit what it adds", kind)
				continue
			}
			for turn := range turns(event) {
				empty := dynamicpb.NewMessage(event.Parent().(protoreflect.MessageDescriptor))
				p, err := publish(domain, event, empty, turn)
				require.NoError(t, err)
				added = append(added, p)
			}
		}
		write(t, domain+".ndjson", append(golden, added...))
	}
}

// seen is what a golden event is read as.
type seen struct {
	Type string          `json:"type"`
	Data json.RawMessage `json:"data"`
}

func TestGoldenEventsAreReadAsTheyWere(t *testing.T) {
	if *image != "" {
		t.Skip("what is read is today's")
	}
	for domain, file := range eventFiles(t) {
		message := prototype(t, oneofOf(t, file))
		events, err := Events(message)
		require.NoError(t, err)
		reads := make([]seen, 0, len(events))
		for _, e := range events {
			require.NoError(t, e.Err, "%s of %s can't be read any more", e.Type, domain)
			require.Empty(t, unread(e.Data.ProtoReflect()), "%s: some of it is lost to today's protos", e.Type)
			text, err := protojson.MarshalOptions{UseProtoNames: true}.Marshal(e.Data)
			require.NoError(t, err)
			var compact bytes.Buffer
			require.NoError(t, json.Compact(&compact, text))
			reads = append(reads, seen{e.Type, compact.Bytes()})
		}
		name := domain + ".read.ndjson"
		if *update {
			write(t, name, reads)
			continue
		}
		want, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		require.Equal(t, string(want), lines(t, reads), "%s: run `make golden`, and look at what changes", name)
	}
}

// unread names the messages that hold fields which today's protos don't have.
func unread(m protoreflect.Message) (names []string) {
	if len(m.GetUnknown()) > 0 {
		names = append(names, string(m.Descriptor().FullName()))
	}
	m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case f.Message() == nil || f.IsMap():
		case f.IsList():
			for i := range v.List().Len() {
				names = append(names, unread(v.List().Get(i).Message())...)
			}
		default:
			names = append(names, unread(v.Message())...)
		}
		return true
	})
	return names
}

func lines[T any](t *testing.T, all []T) string {
	t.Helper()
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	for _, line := range all {
		require.NoError(t, encoder.Encode(line))
	}
	return text.String()
}

// write writes a file where that was asked for.
func write[T any](t *testing.T, name string, all []T) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(lines(t, all)), 0o644))
	}
}
