package server

import (
	"time"

	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/host"
)

// Service is deliveries as it is hosted.
func Service(log *eventlog.Log, now func() time.Time) host.Service {
	return host.Service{Name: "delivery", File: deliveryv1.File_tiffin_delivery_v1_service_proto, Register: New(log, now).Register}
}
