package server

import (
	"time"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/host"
)

// Service is the kitchen as it is hosted.
func Service(log *eventlog.Log, now func() time.Time) host.Service {
	return host.Service{Name: "kitchen", File: kitchenv1.File_tiffin_kitchen_v1_service_proto, Register: New(log, now).Register}
}
