package gateway

import (
	"context"
	"fmt"
	"time"

	"google.golang.org/grpc"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/cell"
	"tiffin/platform/gateway"
	"tiffin/platform/host"
)

// WebhookPath is where a process that hosts the gateway takes the processor's webhooks.
const WebhookPath = "/webhooks/payment"

// Open returns the gateway of a cell whose time runs faster by the factor, to the processor of the settings; payments
// connects to the payment service.
func Open(ctx context.Context, c *cell.Cell, s ProcessorSettings, factor float64, payments grpc.ClientConnInterface) (*Gateway, error) {
	bucket, err := gateway.Bucket(ctx, c.NATS, c.Replicas)
	if err != nil {
		return nil, fmt.Errorf("payment gateway: %w", err)
	}
	return New(Options{
		Log: c.Log, Faults: c.Faults, Bucket: bucket, Payments: paymentv1.NewPaymentServiceClient(payments), AsService: c.Issuer.AsService,
		URL: s.URL, APIKey: s.Key, WebhookSecrets: [][]byte{[]byte(s.WebhookSecret)}, Now: c.Now,
	}, hurried(factor), func(o *gateway.Options[Intent, Outcome]) { o.PerSecond = s.PerSecond })
}

// hurried shrinks what is waited for between two requests as the city's deadlines shrink; how long one may take is up to the
// machines, whose time runs as ever.
func hurried(factor float64) func(*gateway.Options[Intent, Outcome]) {
	scaled := func(d time.Duration) time.Duration { return max(time.Millisecond, time.Duration(float64(d)/factor)) }
	return func(o *gateway.Options[Intent, Outcome]) {
		o.RetryAfter, o.RetryAtMost, o.Rest = scaled(time.Second), scaled(time.Minute), scaled(10*time.Second)
		o.Timeout = max(500*time.Millisecond, scaled(5*time.Second))
	}
}

// Service is the gateway as it is hosted: it takes no calls but the webhooks, which its host mounts at WebhookPath.
func (g *Gateway) Service() host.Service { return host.Service{Name: "payment gateway", Run: g.Run} }
