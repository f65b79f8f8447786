package process

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"tiffin/platform/lease"
	"tiffin/platform/pause"
)

// Bucket is the name of the key-value bucket that holds each control service's lease and checkpoint.
const Bucket = "PROCESSES"

// checkpoint says how far a control service is carried on.
type checkpoint struct {
	// Inputs is the position up to which events of other domains were decided on, Own the one up to which decisions were
	// carried out.
	Inputs uint64 `json:"inputs"`
	Own    uint64 `json:"own"`
}

func openBucket(ctx context.Context, js jetstream.JetStream, o Options) (jetstream.KeyValue, error) {
	kv, err := js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{
		Bucket: Bucket, Description: "Who carries a control service on, and how far it is.", History: 1,
		Storage: o.Storage, Replicas: max(1, o.Replicas),
	})
	if err != nil {
		return nil, fmt.Errorf("checkpoints: %w", err)
	}
	return kv, nil
}

// keepCheckpoint moves the checkpoint until ctx ends.
func (p *Processes[S, C, E]) keepCheckpoint(ctx context.Context, l *lease.Lease[checkpoint], current func() checkpoint) error {
	for {
		if err := pause.For(ctx, max(p.o.LeaseTTL/4, time.Millisecond)); err != nil {
			return err
		}
		if now := current(); now != l.Position() {
			p.moveCheckpoint(ctx, l, now)
		}
	}
}

// moveCheckpoint leaves it where it is when that fails: a successor repeats a little.
func (p *Processes[S, C, E]) moveCheckpoint(ctx context.Context, l *lease.Lease[checkpoint], to checkpoint) {
	if err := l.Move(ctx, to); err != nil && ctx.Err() == nil {
		p.logger.WarnContext(ctx, "can't move the checkpoint", "error", err)
	}
}
