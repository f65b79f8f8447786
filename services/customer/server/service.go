package server

import (
	customerv1 "tiffin/gen/tiffin/customer/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/host"
	"tiffin/platform/seal"
)

// Service is the customer service as it is hosted.
func Service(log *eventlog.Log, keys seal.Keys) host.Service {
	return host.Service{Name: "customer", File: customerv1.File_tiffin_customer_v1_service_proto, Register: New(log, keys).Register}
}
