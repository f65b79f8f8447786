package cell

import (
	"context"

	"go.opentelemetry.io/otel/metric"

	"tiffin/platform/hub"
	"tiffin/platform/mongolite"
)

const scope = "tiffin/platform/cell"

// These are no methods of the cell's: each process would compile what the embedded database and the hub are made of once more.

// observeDatabase tells how much the embedded database holds: memory that grows with what is stored, and not by a mistake.
func observeDatabase(c *Cell, lite *mongolite.Server) error {
	meter := c.Telemetry.MeterProvider.Meter(scope)
	documents, err := meter.Int64ObservableGauge("tiffin.mongolite.documents", metric.WithUnit("By"),
		metric.WithDescription("Bytes of the documents that the embedded database holds in memory."))
	if err != nil {
		return err
	}
	keys, err := meter.Int64ObservableGauge("tiffin.mongolite.keys", metric.WithUnit("By"),
		metric.WithDescription("Bytes of the index keys that the embedded database holds in memory."))
	if err != nil {
		return err
	}
	_, err = meter.RegisterCallback(func(_ context.Context, o metric.Observer) error {
		ofDocuments, ofKeys := lite.Size()
		o.ObserveInt64(documents, ofDocuments)
		o.ObserveInt64(keys, ofKeys)
		return nil
	}, documents, keys)
	return err
}

// observeHub tells how many subjects the embedded hub knows: each costs it memory for as long as it has a message.
func observeHub(c *Cell, server *hub.Server) error {
	_, err := c.Telemetry.MeterProvider.Meter(scope).Int64ObservableGauge("tiffin.hub.subjects", metric.WithUnit("{subject}"),
		metric.WithDescription("Subjects that have a message in a stream of the embedded hub."),
		metric.WithInt64Callback(func(_ context.Context, o metric.Int64Observer) error {
			subjects, err := server.Subjects()
			if err == nil {
				o.Observe(int64(subjects))
			}
			return err
		}))
	return err
}
