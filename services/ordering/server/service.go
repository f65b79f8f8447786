package server

import (
	"time"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/host"
)

// Service is ordering as it is hosted: ready when it knows the menus.
func Service(log *eventlog.Log, faults *fault.Store, now func() time.Time) host.Service {
	s := New(log, faults, now)
	return host.Service{
		Name: "ordering", File: orderingv1.File_tiffin_ordering_v1_service_proto,
		Register: s.Register, Run: s.Run, Ready: s.Ready,
	}
}
