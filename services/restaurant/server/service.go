package server

import (
	"time"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/host"
)

// Service is the restaurant as it is hosted.
func Service(log *eventlog.Log, now func() time.Time) host.Service {
	return host.Service{
		Name: "restaurant", File: restaurantv1.File_tiffin_restaurant_v1_service_proto, Register: New(log, now).Register,
	}
}
