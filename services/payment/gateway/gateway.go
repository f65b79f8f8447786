package gateway

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"golang.org/x/sync/errgroup"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/gateway"
	"tiffin/platform/gateway/webhook"
)

// Options of the payment gateway. All are required but those that say otherwise.
type Options struct {
	Log *eventlog.Log
	// Faults is where events and webhooks are parked that can't be understood; without it the gateway stops at the first event.
	Faults *fault.Store
	// Bucket is that of gateway.Bucket.
	Bucket jetstream.KeyValue
	// Payments takes outcomes, from a caller that AsService makes: one of our own processes.
	Payments  paymentv1.PaymentServiceClient
	AsService func(ctx context.Context, name string) (context.Context, error)
	// URL and APIKey are those of the processor's API; WebhookSecrets sign its webhooks, any one of them.
	URL, APIKey    string
	WebhookSecrets [][]byte
	// Now is the clock that webhooks are checked by; time.Now where none is given.
	Now func() time.Time
}

// Gateway is the way to the card processor and back.
type Gateway struct {
	o         Options
	egress    *gateway.Gateway[Intent, Outcome]
	webhooks  *webhook.Handler
	transport *http.Transport
}

const name = "payment"

// New returns a gateway; tune changes limits and times, see platform/gateway.
func New(o Options, tune ...func(*gateway.Options[Intent, Outcome])) (*Gateway, error) {
	if u, err := url.Parse(o.URL); err != nil || u.Host == "" || o.APIKey == "" || o.Payments == nil || o.AsService == nil {
		return nil, errors.New("payment gateway: a required option is missing")
	}
	g := &Gateway{o: o, transport: &http.Transport{MaxIdleConnsPerHost: 64, IdleConnTimeout: time.Minute}}
	options := gateway.Options[Intent, Outcome]{
		Name: name, Log: o.Log, Faults: o.Faults, Bucket: o.Bucket, Domain: &paymentv1.PaymentEvent{}, Route: route,
		Provider:  &processor{url: o.URL, key: o.APIKey, client: &http.Client{Transport: otelhttp.NewTransport(g.transport)}},
		Record:    g.record,
		Succeeded: func(said Outcome) bool { return said.GetSucceeded() != nil },
	}
	for _, set := range tune {
		set(&options)
	}
	var err error
	if g.egress, err = gateway.New(options); err != nil {
		return nil, err
	}
	incoming := webhook.Options{
		Owner: name, Name: options.Name + "-webhooks", Secrets: o.WebhookSecrets, Read: g.told, Shown: shown, Now: o.Now,
		Silence: options.Silence, Logger: options.Logger,
	}
	if o.Faults != nil {
		incoming.Faults, incoming.Bucket = o.Faults, o.Bucket
	}
	g.webhooks, err = webhook.New(incoming)
	return g, err
}

// Run asks the processor for what the log wants, until ctx ends, while this replica is the active one, and processes again what
// was parked of what the processor said.
func (g *Gateway) Run(ctx context.Context) error {
	defer g.transport.CloseIdleConnections()
	parts, ctx := errgroup.WithContext(ctx)
	parts.Go(func() error { return g.egress.Run(ctx) })
	parts.Go(func() error { return g.webhooks.Run(ctx) })
	return parts.Wait()
}

// Webhooks takes what the processor says of its own accord, on every replica.
func (g *Gateway) Webhooks() http.Handler { return g.webhooks }

// Reconcile compares the outcomes that the log has recorded after the position with what the processor says.
func (g *Gateway) Reconcile(ctx context.Context, after uint64) (gateway.Reconciliation, error) {
	return g.egress.Reconcile(ctx, after)
}

func (g *Gateway) record(ctx context.Context, op gateway.Operation[Intent], said Outcome) error {
	return g.send(eventlog.WithCommand(ctx, eventlog.Command{CorrelationID: op.CorrelationID, CausationID: op.Event}), said)
}

// told is what a webhook means. The payment service knows what is news, so order and repeats are its to settle. What it does
// not want is for somebody to look at, and so is what can't be read.
func (g *Gateway) told(body []byte) (webhook.Message, error) {
	said, about, err := parse(body)
	m := webhook.Message{About: about}
	if said != nil {
		m.Record = func(ctx context.Context) error {
			err := g.send(ctx, said)
			if gateway.Unwanted(err) {
				err = fault.Poisoned(err)
			}
			return err
		}
	}
	return m, err
}

func (g *Gateway) send(ctx context.Context, said Outcome) error {
	ctx, err := g.o.AsService(ctx, "payment-gateway")
	if err != nil {
		return err
	}
	_, err = g.o.Payments.RecordOutcome(ctx, said)
	return err
}
