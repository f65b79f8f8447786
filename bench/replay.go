package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"tiffin/bench/measure"
	"tiffin/bench/report"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/services/ordering"
)

// replay is a view that starts from position 1, over orders that were placed, confirmed and completed.
func replay(ctx context.Context, e *env) (row report.Row, err error) {
	h, err := openHouse(ctx, e, lazy)
	if err != nil {
		return row, err
	}
	defer h.close()
	if err := h.fill(ctx, e.orders); err != nil {
		return row, err
	}
	last, err := h.log.LastPosition(ctx, &orderingv1.OrderEvent{})
	if err != nil {
		return row, err
	}
	took, err := measure.Turns(ctx, e.rounds, h.replayView,
		func(ctx context.Context) (float64, error) {
			return measure.Once(ctx, func(ctx context.Context) error { return h.replayRaw(ctx, last) })
		})
	if err != nil {
		return row, err
	}
	rate := func(milliseconds float64) float64 { return float64(last) / milliseconds * 1000 }
	return report.Row{
		What:  "view replay from position 1 ÷ raw ordered replay, same window",
		Value: rate(took[0]), Unit: "events/s", Ceiling: rate(took[1]), Floor: report.AtLeast(0.10),
		Note: fmt.Sprintf("%d events", last),
	}, nil
}

// overlap is how many orders are under way at once: an order's events stand further apart in the log than a view's batch
// is long, so that the view can't fold them together and must load each document again.
const overlap = 5000

// fill takes n orders from placed to completed.
func (h *house) fill(ctx context.Context, n int) error {
	orders := newOrders(h.log)
	for done := 0; done < n; done += overlap {
		ids := make([]string, min(overlap, n-done))
		stages := []func(context.Context, int) error{
			func(ctx context.Context, i int) (err error) {
				ids[i], err = place(ctx, orders, done+i)
				return err
			},
			moveAll(orders, ids, confirm), moveAll(orders, ids, complete),
		}
		for _, stage := range stages {
			if err := measure.Each(ctx, clients, len(ids), stage); err != nil {
				return err
			}
		}
	}
	return nil
}

func moveAll(
	orders *aggregate, ids []string, decide func(ordering.Order) (*orderingv1.OrderEvent, error),
) func(context.Context, int) error {
	return func(ctx context.Context, i int) error { return move(ctx, orders, ids[i], decide) }
}

// replayView times the view alone, not the start of its empty database.
func (h *house) replayView(ctx context.Context) (took float64, err error) {
	db, err := openStore()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	return measure.Once(ctx, func(ctx context.Context) error {
		_, err := h.replayInto(ctx, db, "replayed")
		return err
	})
}

// The window of eventlog.Follow.
const (
	windowMessages = 20_000
	windowBytes    = 16 << 20
)

// replayRaw reads the log through an ordered consumer, and does nothing with it.
func (h *house) replayRaw(ctx context.Context, last uint64) error {
	consumer, err := h.js.OrderedConsumer(ctx, eventlog.Stream, jetstream.OrderedConsumerConfig{
		FilterSubjects: []string{subjectPrefix + ">"}, DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: 1,
	})
	if err != nil {
		return err
	}
	done, read := make(chan struct{}), uint64(0)
	consuming, err := consumer.Consume(func(jetstream.Msg) {
		if read++; read == last { // nothing else is in the log
			close(done)
		}
	}, jetstream.PullMaxMessagesWithBytesLimit(windowMessages, windowBytes))
	if err != nil {
		return err
	}
	defer consuming.Stop()
	select {
	case <-done:
		return nil
	case <-consuming.Closed():
		return errors.New("the ordered consumer ended")
	case <-ctx.Done():
		return ctx.Err()
	}
}
