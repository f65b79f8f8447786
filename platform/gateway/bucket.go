package gateway

import (
	"context"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Bucket opens the bucket that gateways keep their leases and checkpoints in, and makes it where there is none.
func Bucket(ctx context.Context, nc *nats.Conn, replicas int) (jetstream.KeyValue, error) {
	js, err := jetstream.New(nc)
	if err != nil {
		return nil, err
	}
	kv, err := js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{
		Bucket: "GATEWAYS", Description: "Which replica of a gateway is active, and how far it got.", History: 1, Replicas: max(1, replicas),
	})
	if err != nil {
		return nil, fmt.Errorf("gateway bucket: %w", err)
	}
	return kv, nil
}
