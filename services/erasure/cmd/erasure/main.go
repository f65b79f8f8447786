// Command erasure runs the control service of who leaves as a process of its own.
package main

import (
	"context"
	"os"

	"google.golang.org/grpc"

	"tiffin/platform/cell"
	"tiffin/platform/host"
	"tiffin/platform/rpc"
	"tiffin/platform/run"
	"tiffin/services/erasure"
	"tiffin/services/erasure/server"
)

type settings struct {
	cell.Settings
	run.GRPC
	run.TimeFactor
	// These are where the services that it commands take commands.
	OrderingAddr string `env:"TIFFIN_ORDERING_ADDR,required,notEmpty"`
	CustomerAddr string `env:"TIFFIN_CUSTOMER_ADDR,required,notEmpty"`
}

func (s settings) addresses() map[string]string {
	return map[string]string{"ordering": s.OrderingAddr, "customer": s.CustomerAddr}
}

// Validate reports the first address that is none.
func (s settings) Validate() error { return rpc.ValidateAddresses(s.addresses()) }

func main() { run.Main(carry) }

func carry(ctx context.Context) error {
	s, err := run.Parse[settings](os.Environ())
	if err != nil {
		return err
	}
	return run.Parts(ctx, func(g *run.Group) error {
		c, err := cell.Join(g, "erasure", s.Settings)
		if err != nil {
			return err
		}
		commanded, err := rpc.DialAll(s.addresses())
		if err != nil {
			return err
		}
		g.Close("connections to services", commanded.Close)
		services := host.NewServices(g, c)
		erasures, err := server.Service(g.Context(), c, erasure.NewPolicy(s.Factor), func(domain string) grpc.ClientConnInterface {
			return commanded[domain]
		})
		if err != nil {
			return err
		}
		services.Add(erasures)
		if err := services.Start(); err != nil {
			return err
		}
		// It takes no commands; who asks for its health does so here.
		calls, err := run.Listen(g.Context(), "TIFFIN_GRPC_ADDR", s.GRPCAddr)
		if err != nil {
			return err
		}
		g.Go("gRPC", func(ctx context.Context) error { return services.Serve(ctx, calls) })
		return nil
	})
}
