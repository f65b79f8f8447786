package export

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"tiffin/platform/eventlog"
	"tiffin/platform/lake/manifest"
)

// purge takes from the hub what an export has brought into the lake, once it was read from there; nothing that came later.
func (x *Exporter) purge(ctx context.Context, e manifest.Export) error {
	last := map[string]uint64{}
	var order []string
	for _, s := range e.Segments {
		records, err := x.o.Lake.Verify(ctx, s)
		if err != nil {
			return err
		}
		for _, r := range records {
			if _, seen := last[r.Subject]; !seen {
				order = append(order, r.Subject)
			}
			last[r.Subject] = max(last[r.Subject], r.Position)
		}
	}
	stream, err := x.js.Stream(ctx, eventlog.Stream)
	if err != nil {
		return fmt.Errorf("event log: %w", err)
	}
	for _, subject := range order {
		if err := x.o.Taking("purge"); err != nil {
			return err
		}
		if err := stream.Purge(ctx, jetstream.WithPurgeSubject(subject), jetstream.WithPurgeSequence(last[subject]+1)); err != nil {
			return fmt.Errorf("event log: %w", err)
		}
	}
	for _, s := range e.Segments {
		x.purged += s.Count
	}
	x.o.Done(x.purged)
	return x.purgedAll(ctx, e.Number)
}

// purgedAll says so. Somebody else who did the same at the same time may have said so before.
func (x *Exporter) purgedAll(ctx context.Context, number uint64) error {
	if err := x.o.Taking("say"); err != nil {
		return err
	}
	for {
		list, err := x.o.Lake.Manifest.Now(ctx)
		if err != nil {
			return err
		}
		for _, e := range list.Exports {
			if e.Number == number && e.Purged {
				return nil
			}
		}
		if err := x.o.Lake.Manifest.Purged(ctx, list, number); !errors.Is(err, manifest.ErrOvertaken) {
			return err
		}
	}
}
