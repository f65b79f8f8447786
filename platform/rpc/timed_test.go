package rpc_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"google.golang.org/protobuf/reflect/protoreflect"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/rpc"
)

func TestACallWithinTheProcessIsMeasuredFromItsBegin(t *testing.T) {
	reader := metric.NewManualReader()
	channel, err := rpc.NewChannel(rpc.ServerOptions{
		Verify: verify, Files: []protoreflect.FileDescriptor{orderingv1.File_tiffin_ordering_v1_service_proto},
		MeterProvider: metric.NewMeterProvider(metric.WithReader(reader)),
	})
	require.NoError(t, err)
	orderingv1.RegisterOrderingServiceServer(channel, ordering{confirm: func(context.Context) error { return errors.New("no") }})
	began := time.Now()
	_, err = orderingv1.NewOrderingServiceClient(channel.Conn).ConfirmOrder(t.Context(), &orderingv1.ConfirmOrderRequest{OrderId: id})
	require.Error(t, err)

	took := map[string]float64{}
	require.Eventually(t, func() bool { // the server's side may end after the client's
		var found metricdata.ResourceMetrics
		require.NoError(t, reader.Collect(t.Context(), &found))
		for _, scope := range found.ScopeMetrics {
			for _, m := range scope.Metrics {
				if h, ok := m.Data.(metricdata.Histogram[float64]); ok && len(h.DataPoints) == 1 {
					took[m.Name] = h.DataPoints[0].Sum
				}
			}
		}
		return took["rpc.server.call.duration"] > 0 && took["rpc.client.call.duration"] > 0
	}, 10*time.Second, time.Millisecond)
	require.LessOrEqual(t, took["rpc.server.call.duration"], time.Since(began).Seconds())
	require.LessOrEqual(t, took["rpc.client.call.duration"], time.Since(began).Seconds())
}
