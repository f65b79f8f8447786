package rest

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	grpcstatus "google.golang.org/grpc/status"

	"tiffin/platform/problem"
)

// streamMarshaler writes messages of the shape {position, <one document>, stale} as server-sent events.
type streamMarshaler struct{ runtime.JSONPb }

func newStreamMarshaler() *streamMarshaler {
	return &streamMarshaler{runtime.JSONPb{
		MarshalOptions: protojson.MarshalOptions{UseProtoNames: true, EmitUnpopulated: true},
	}}
}

func (*streamMarshaler) ContentType(any) string       { return eventStream }
func (*streamMarshaler) StreamContentType(any) string { return eventStream }

// Delimiter is empty: Marshal ends each event itself.
func (*streamMarshaler) Delimiter() []byte { return nil }

// Marshal takes what the gateway wraps: {"result": message} or {"error": status}.
func (m *streamMarshaler) Marshal(v any) ([]byte, error) {
	switch chunk := v.(type) {
	case map[string]any:
		if message, ok := chunk["result"].(proto.Message); ok {
			return m.event(message)
		}
	case map[string]proto.Message:
		if st, ok := chunk["error"].(*status.Status); ok {
			return failure(st)
		}
	}
	return nil, fmt.Errorf("%T is no event", v)
}

func (m *streamMarshaler) event(message proto.Message) ([]byte, error) {
	var id string
	kind, data := "heartbeat", []byte("{}")
	stale := false
	var err error
	message.ProtoReflect().Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		switch {
		case field.Name() == "position" && field.Kind() == protoreflect.StringKind:
			id = value.String()
		case field.Name() == "stale" && field.Kind() == protoreflect.BoolKind:
			stale = value.Bool()
		case field.Message() != nil && !field.IsList() && !field.IsMap():
			kind = "document"
			data, err = m.MarshalOptions.Marshal(value.Message().Interface())
		}
		return err == nil
	})
	if err != nil {
		return nil, fmt.Errorf("encode an event: %w", err)
	}
	if stale && kind == "document" {
		kind = "stale"
	}
	return frame(id, kind, data), nil
}

func failure(st *status.Status) ([]byte, error) {
	data, err := json.Marshal(problem.From(grpcstatus.FromProto(st).Err()).Document(""))
	if err != nil {
		return nil, fmt.Errorf("encode a problem: %w", err)
	}
	return frame("", "error", data), nil
}

// frame writes one event. The data are JSON on one line, so they need no splitting.
func frame(id, kind string, data []byte) []byte {
	var b bytes.Buffer
	if id != "" {
		fmt.Fprintf(&b, "id: %s\n", id)
	}
	fmt.Fprintf(&b, "event: %s\ndata: ", kind)
	b.Write(data)
	b.WriteString("\n\n")
	return b.Bytes()
}
