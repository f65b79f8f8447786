package upgrade

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"google.golang.org/protobuf/cmd/protoc-gen-go/internal_gengo"
	"google.golang.org/protobuf/compiler/protogen"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/pluginpb"

	"tiffin/bff/customer/orders"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
)

// root of the module, from here.
const root = "../.."

// postpone is the reason for which a newer ordering service postpones an order instead of cancelling it, because of rain.
const (
	postpone = "postpone"
	rain     = "rain"
)

// version of the view of orders today.
var version = orders.Spec().Version

// changes are those of the newer version, file by file: what is written there, and what instead. An order can be postponed, and
// the view of orders tells of that, in documents of another shape.
var changes = map[string][][2]string{
	"services/ordering/cancel.go": {{
		"(*orderingv1.OrderEvent, error) {\n",
		"(*orderingv1.OrderEvent, error) {\n\tif c.GetReason() == \"" + postpone + "\" {\n\t\treturn &orderingv1.OrderEvent{Event: " +
			"&orderingv1.OrderEvent_OrderPostponed{OrderPostponed: &orderingv1.OrderPostponed{Reason: \"" + rain + "\"}}}, nil\n\t}\n",
	}},
	"services/ordering/state.go": {{
		"\tcase *orderingv1.OrderEvent_OrderConfirmed:\n",
		"\tcase *orderingv1.OrderEvent_OrderPostponed:\n\tcase *orderingv1.OrderEvent_OrderConfirmed:\n",
	}},
	"bff/customer/orders/spec.go":     {{fmt.Sprintf("Version: %d,", version), fmt.Sprintf("Version: %d,", version+1)}},
	"bff/customer/orders/document.go": {{`bson:"timeline"`, `bson:"story"`}, {`bson:"lines"`, `bson:"basket"`}},
	"bff/customer/orders/ordering.go": {{
		"\tcase *orderingv1.OrderEvent_OrderConfirmed:\n",
		"\tcase *orderingv1.OrderEvent_OrderPostponed:\n\t\td.tell(Entry{Status: int32(customerv1.OrderStatus_DELAYED), Time: at, " +
			"Note: event.OrderPostponed.GetReason()})\n\tcase *orderingv1.OrderEvent_OrderConfirmed:\n",
	}},
}

// newer is what stands in the files of the newer version.
func newer() (map[string]string, error) {
	out := map[string]string{}
	for path, replacements := range changes {
		content, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			return nil, err
		}
		text := string(content)
		for _, r := range replacements {
			if strings.Count(text, r[0]) != 1 {
				return nil, fmt.Errorf("%s has changed: %q should be there once", path, r[0])
			}
			text = strings.Replace(text, r[0], r[1], 1)
		}
		out[path] = text
	}
	path, content, err := newerEvents()
	out[path] = content
	return out, err
}

// newerEvents is the code of the protos of orders' events with one more.
func newerEvents() (path, content string, err error) {
	today := orderingv1.File_tiffin_ordering_v1_events_proto
	file := protodesc.ToFileDescriptorProto(today)
	file.MessageType = append(file.MessageType, &descriptorpb.DescriptorProto{
		Name:  proto.String("OrderPostponed"),
		Field: []*descriptorpb.FieldDescriptorProto{field("reason", 1, descriptorpb.FieldDescriptorProto_TYPE_STRING)},
	})
	postponed := field("order_postponed", 1000, descriptorpb.FieldDescriptorProto_TYPE_MESSAGE)
	postponed.TypeName, postponed.OneofIndex = proto.String(".tiffin.ordering.v1.OrderPostponed"), proto.Int32(0)
	for _, m := range file.GetMessageType() {
		if m.GetName() == "OrderEvent" {
			m.Field = append(m.Field, postponed)
		}
	}
	request := &pluginpb.CodeGeneratorRequest{
		FileToGenerate: []string{file.GetName()}, Parameter: proto.String("module=tiffin"),
		ProtoFile: append(imports(today, map[string]bool{}), file),
	}
	plugin, err := protogen.Options{}.New(request)
	if err != nil {
		return "", "", err
	}
	internal_gengo.GenerateFile(plugin, plugin.FilesByPath[file.GetName()])
	response := plugin.Response()
	if response.GetError() != "" || len(response.GetFile()) != 1 {
		return "", "", fmt.Errorf("generate %s: %s", file.GetName(), response.GetError())
	}
	return response.GetFile()[0].GetName(), response.GetFile()[0].GetContent(), nil
}

func field(name string, number int32, kind descriptorpb.FieldDescriptorProto_Type) *descriptorpb.FieldDescriptorProto {
	return &descriptorpb.FieldDescriptorProto{
		Name: proto.String(name), Number: proto.Int32(number), Type: kind.Enum(), Label: descriptorpb.FieldDescriptorProto_LABEL_OPTIONAL.Enum(),
	}
}

// imports are the files that a file imports, each behind those that it imports itself.
func imports(of protoreflect.FileDescriptor, seen map[string]bool) (out []*descriptorpb.FileDescriptorProto) {
	for i := range of.Imports().Len() {
		file := of.Imports().Get(i).FileDescriptor
		if seen[file.Path()] {
			continue
		}
		seen[file.Path()] = true
		out = append(append(out, imports(file, seen)...), protodesc.ToFileDescriptorProto(file))
	}
	return out
}
