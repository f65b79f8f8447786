package server

import (
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/host"
)

// Service is payments as they are hosted. What is asked of the card processor is the gateway's to carry, beside it.
func Service(log *eventlog.Log) host.Service {
	return host.Service{Name: "payment", File: paymentv1.File_tiffin_payment_v1_service_proto, Register: New(log).Register}
}
