package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/reflect/protoreflect"

	"tiffin/bff/customer/menu"
	"tiffin/bff/customer/orders"
	"tiffin/bff/customer/restaurants"
	customerserver "tiffin/bff/customer/server"
	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/identity"
	"tiffin/platform/rest"
	"tiffin/platform/rpc"
	"tiffin/platform/run"
	"tiffin/platform/view"
)

const customerOpenAPI = "gen/openapi/tiffin/bff/customer/v1/customer.swagger.json"

// running is what is asked of a view from outside its BFF.
type running interface {
	Run(ctx context.Context) error
	Status() view.Status
	Ready() bool
}

// bff is one running backend-for-frontend.
type bff struct {
	views []running
	rest  http.Handler
}

func startCustomer(
	g *run.Group, in *infra, services *grpc.ClientConn, issuer *identity.Issuer, logger *slog.Logger,
) (*bff, error) {
	db, o := in.mongo.Database("customer"), view.Options{BFF: "customer", NATS: in.nc, Logger: logger}
	found, err1 := view.New(in.log, db, restaurants.Spec(), o)
	menus, err2 := view.New(in.log, db, menu.Spec(), o)
	placed, err3 := view.New(in.log, db, orders.Spec(), o)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	b := &bff{views: []running{found, menus, placed}}
	for _, v := range b.views {
		g.Go("view "+v.Status().Name, v.Run)
	}
	face, err := customerserver.New(customerserver.Options{
		Restaurants: found, Menus: menus, Orders: placed, Ordering: orderingv1.NewOrderingServiceClient(services),
	})
	if err != nil {
		return nil, err
	}
	server, err := rpc.NewServer(rpc.ServerOptions{
		Verify: issuer.Verify, Logger: logger,
		Files: []protoreflect.FileDescriptor{customerv1.File_tiffin_bff_customer_v1_customer_proto},
	})
	if err != nil {
		return nil, err
	}
	customerv1.RegisterCustomerServiceServer(server, face)
	conn, closeConn, err := rpc.InProcess(server, rpc.DialOptions(rpc.ClientOptions{})...)
	if err != nil {
		return nil, err
	}
	g.Close("customer BFF in process", func() error {
		server.Stop()
		return closeConn()
	})
	openAPI, err := os.ReadFile(customerOpenAPI)
	if err != nil {
		return nil, fmt.Errorf("the API's description: %w (start from the repository's top folder)", err)
	}
	b.rest, err = rest.New(g.Context(), rest.Options{
		Audience: "customer", OpenAPI: openAPI, Verify: issuer.Verify, Logger: logger,
		Register: func(ctx context.Context, mux *runtime.ServeMux) error {
			return customerv1.RegisterCustomerServiceHandler(ctx, mux, conn)
		},
	})
	return b, err
}

const askReadyEvery = 20 * time.Millisecond

// awaitReady returns when every view has caught up.
func (b *bff) awaitReady(ctx context.Context) error {
	tick := time.NewTicker(askReadyEvery)
	defer tick.Stop()
	for !b.ready() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
	return nil
}

func (b *bff) ready() bool {
	for _, v := range b.views {
		if !v.Ready() {
			return false
		}
	}
	return true
}

// status is how far each view is, for /readyz.
func (b *bff) status() []run.Status {
	var out []run.Status
	for _, v := range b.views {
		s := v.Status()
		line := run.Status{Name: "customer." + s.Name, Ready: v.Ready(), Position: s.Position, Lag: s.Lag}
		if s.Faulted != nil {
			line.Detail = fmt.Sprintf("faulted at %+v", *s.Faulted)
		}
		out = append(out, line)
	}
	return out
}
