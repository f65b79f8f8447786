package shed

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

// counter counts what is turned away at the gate.
func counter(o Options) (func(context.Context), error) {
	if o.Meter == nil {
		return func(context.Context) {}, nil
	}
	away, err := o.Meter.Meter("tiffin/platform/shed").Int64Counter("tiffin.shed",
		metric.WithDescription("How much was turned away, for there was more to do than could be done."))
	if err != nil {
		return nil, err
	}
	of := metric.WithAttributeSet(attribute.NewSet(attribute.String("tiffin.gate", o.Name)))
	return func(ctx context.Context) { away.Add(ctx, 1, of) }, nil
}
