package eventlog

import (
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/descriptorpb"

	typev1 "tiffin/gen/tiffin/type/v1"
)

// Turns returns what events of the domains do to the lives of their aggregates, by their types: what closes, and what leaves an
// aggregate as it was. All others open it, those of newer versions too. What its proto says is the only place that says so.
func Turns(domains ...proto.Message) map[string]typev1.Turn {
	turns := map[string]typev1.Turn{}
	for _, d := range domains {
		n := namesOf(d.ProtoReflect().Descriptor())
		for _, oneof := range n.oneofs {
			for i := range oneof.Fields().Len() {
				f := oneof.Fields().Get(i)
				options, ok := f.Options().(*descriptorpb.FieldOptions)
				if !ok || n.types[f.Number()] == "" {
					continue
				}
				if turn, ok := proto.GetExtension(options, typev1.E_Turn).(typev1.Turn); ok && turn != typev1.Turn_TURN_UNSPECIFIED {
					turns[n.types[f.Number()]] = turn
				}
			}
		}
	}
	return turns
}
