package profile

import (
	"google.golang.org/protobuf/proto"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	"tiffin/platform/view"
)

// Spec is what platform/view runs.
func Spec() view.Spec[Document] {
	return view.Spec[Document]{
		Name: "profile", Version: 1, Newer: view.IgnoreNewer,
		Reads: []proto.Message{&customerv1.CustomerEvent{}},
		Route: Route, Apply: Apply, Personal: (*Document).personal,
	}
}
