package export

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"tiffin/platform/lease"
	"tiffin/platform/pause"
)

// Bucket is where the worker's lease is.
const Bucket = "lake"

const (
	// every is how often is looked for what is due: often enough that the hub stays small, seldom enough that files are large.
	every = 24 * time.Hour
	// again is how soon what failed is tried again.
	again = time.Minute
)

// Work runs the exporter every day until ctx ends: in one process of the cell at a time, whichever holds the lease. What fails is
// logged, and tried again.
func (x *Exporter) Work(ctx context.Context, replicas int) error {
	bucket, err := x.bucket(ctx, replicas)
	if err != nil {
		return fmt.Errorf("lake: %w", err)
	}
	return lease.Run(ctx, lease.Options{Bucket: bucket, Key: "export", Logger: x.o.Logger},
		func(ctx context.Context, held *lease.Lease[time.Time]) error {
			for {
				// By the machine's clock, which is what is waited by.
				if err := pause.For(ctx, time.Until(held.Position().Add(every))); err != nil {
					return err
				}
				if err := x.round(ctx, held); err != nil {
					return err
				}
			}
		})
}

// round runs once; it returns an error only where the lease is lost or ctx ends.
func (x *Exporter) round(ctx context.Context, held *lease.Lease[time.Time]) error {
	done, err := x.Run(ctx)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		x.o.Logger.WarnContext(ctx, "old events can't be brought into the lake", "again_in", again, "error", err)
		return pause.For(ctx, again)
	}
	if done.Events > 0 {
		x.o.Logger.InfoContext(ctx, "old events have left the hub", "aggregates", done.Aggregates, "events", done.Events, "bytes", done.Bytes)
	}
	err = held.Move(ctx, time.Now())
	if errors.Is(err, lease.ErrLost) {
		return err
	}
	if err != nil {
		x.o.Logger.WarnContext(ctx, "it is not noted that old events have left the hub", "error", err)
		return pause.For(ctx, again)
	}
	return nil
}

func (x *Exporter) bucket(ctx context.Context, replicas int) (jetstream.KeyValue, error) {
	bucket, err := x.js.KeyValue(ctx, Bucket)
	if !errors.Is(err, jetstream.ErrBucketNotFound) {
		return bucket, err
	}
	bucket, err = x.js.CreateKeyValue(ctx, jetstream.KeyValueConfig{
		Bucket: Bucket, Description: "Who brings old events into the lake, and when last.", Replicas: max(1, replicas),
	})
	if errors.Is(err, jetstream.ErrBucketExists) { // another process was faster
		return x.js.KeyValue(ctx, Bucket)
	}
	return bucket, err
}
