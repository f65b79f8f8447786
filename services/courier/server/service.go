package server

import (
	"time"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/host"
)

// Service is couriers as it is hosted.
func Service(log *eventlog.Log, now func() time.Time) host.Service {
	return host.Service{Name: "courier", File: courierv1.File_tiffin_courier_v1_service_proto, Register: New(log, now).Register}
}
