package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
)

const answerWithin = 30 * time.Second

func main() {
	addr := flag.String("addr", "localhost:9090", "where Tiffin's gRPC API listens")
	token := flag.String("token", "", "the bearer token of whoever sends the command")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: ordercmd [flags] confirm|reject|complete|cancel ORDER_ID")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 2 {
		flag.Usage()
		os.Exit(2)
	}
	if err := send(*addr, *token, flag.Arg(0), flag.Arg(1)); err != nil {
		fmt.Fprintln(os.Stderr, "ordercmd:", err)
		os.Exit(1)
	}
}

func send(addr, token, command, orderID string) error {
	conn, err := grpc.NewClient(addr, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	ctx, cancel := context.WithTimeout(context.Background(), answerWithin)
	defer cancel()
	ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+token)
	orders := orderingv1.NewOrderingServiceClient(conn)
	switch command {
	case "confirm":
		_, err = orders.ConfirmOrder(ctx, &orderingv1.ConfirmOrderRequest{OrderId: orderID})
	case "reject":
		_, err = orders.RejectOrder(ctx, &orderingv1.RejectOrderRequest{OrderId: orderID, ReasonCode: "TOO_BUSY", Reason: "Too busy right now"})
	case "complete":
		_, err = orders.CompleteOrder(ctx, &orderingv1.CompleteOrderRequest{OrderId: orderID})
	case "cancel":
		_, err = orders.CancelOrder(ctx, &orderingv1.CancelOrderRequest{OrderId: orderID})
	default:
		return fmt.Errorf("unknown command %q: want confirm, reject, complete or cancel", command)
	}
	return err
}
