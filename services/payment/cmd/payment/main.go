// Command payment runs the payment service, and its gateway to the card processor, as a process of its own.
package main

import (
	"context"
	"net/http"
	"os"

	"tiffin/platform/cell"
	"tiffin/platform/host"
	"tiffin/platform/run"
	"tiffin/services/payment/gateway"
	"tiffin/services/payment/server"
)

type settings struct {
	cell.Settings
	run.GRPC
	// HTTPAddr is where the processor's webhooks come in.
	run.HTTP
	gateway.ProcessorSettings
	run.TimeFactor
}

func main() { run.Main(payment) }

func payment(ctx context.Context) error {
	s, err := run.Parse[settings](os.Environ())
	if err != nil {
		return err
	}
	return run.Parts(ctx, func(g *run.Group) error {
		c, err := cell.Join(g, "payment", s.Settings)
		if err != nil {
			return err
		}
		services := host.NewServices(g, c)
		cards, err := gateway.Open(g.Context(), c, s.ProcessorSettings, s.Factor, services.Conn)
		if err != nil {
			return err
		}
		services.Add(server.Service(c.Log))
		services.Add(cards.Service())
		if err := services.Start(); err != nil {
			return err
		}
		calls, err := run.Listen(g.Context(), "TIFFIN_GRPC_ADDR", s.GRPCAddr)
		if err != nil {
			return err
		}
		g.Go("gRPC", func(ctx context.Context) error { return services.Serve(ctx, calls) })
		web, err := run.Listen(g.Context(), "TIFFIN_HTTP_ADDR", s.HTTPAddr)
		if err != nil {
			return err
		}
		webhooks := http.NewServeMux()
		webhooks.Handle(gateway.WebhookPath, cards.Webhooks())
		g.Go("webhooks", func(ctx context.Context) error { return run.ServeHTTP(ctx, web, webhooks) })
		return nil
	})
}
