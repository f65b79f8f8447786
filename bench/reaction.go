package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"google.golang.org/grpc"

	"tiffin/bench/measure"
	"tiffin/bench/report"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/fault"
	"tiffin/platform/process"
	"tiffin/services/fulfilment"
	"tiffin/services/fulfilment/server"
)

// reactions are how many are measured a round; one follows the other.
const reactions = 200

// reaction is how long it takes from the last event that a process needs to the command that it causes: fulfilment hears of an
// order, records what follows, and asks for the payment.
func reaction(ctx context.Context, e *env) (row report.Row, err error) {
	h, err := openHouse(ctx, e, lazy)
	if err != nil {
		return row, err
	}
	defer h.close()
	raw, err := h.orderPublisher(ctx)
	if err != nil {
		return row, err
	}
	faults, err := fault.Open(ctx, h.nc, fault.Options{})
	if err != nil {
		return row, err
	}
	asked := &payments{asked: make(chan string, reactions)}
	processes, err := server.New(ctx, fulfilment.NewPolicy(1), process.Options{
		Log: h.log, NATS: h.nc, Faults: faults, Conn: func(string) grpc.ClientConnInterface { return asked },
		As: func(ctx context.Context) (context.Context, error) { return ctx, nil },
	})
	if err != nil {
		return row, err
	}
	running, stop := context.WithCancel(ctx)
	var carried sync.WaitGroup
	carried.Go(func() {
		if failed := processes.Run(running); running.Err() == nil {
			asked.fail(failed)
		}
	})
	defer func() { stop(); carried.Wait() }()
	orders := newOrders(h.log)
	took, err := measure.Turns(ctx, e.rounds,
		each(func(ctx context.Context) (float64, error) {
			id, err := place(ctx, orders, 0)
			appended := time.Now()
			if err != nil {
				return 0, err
			}
			return asked.await(ctx, id, appended)
		}),
		each(func(ctx context.Context) (float64, error) { return measure.Once(ctx, raw.first) }))
	if err != nil {
		return row, err
	}
	return report.Row{
		What:  "an order's event → the command that it causes ÷ raw publish, p50, sync lazy",
		Value: took[0], Unit: "ms", Ceiling: took[1], Floor: report.AtMost(12),
	}, nil
}

// each takes the median of many.
func each(one measure.Side) measure.Side {
	return func(ctx context.Context) (float64, error) {
		took := make([]float64, reactions)
		for i := range took {
			var err error
			if took[i], err = one(ctx); err != nil {
				return 0, err
			}
		}
		return measure.Median(took), nil
	}
}

// payments takes the commands of the processes: what comes of them is not measured.
type payments struct {
	asked chan string
	once  sync.Once
	err   error
}

var errStopped = errors.New("the processes have stopped")

func (p *payments) fail(err error) {
	p.once.Do(func() {
		p.err = errors.Join(errStopped, err)
		close(p.asked)
	})
}

// await returns how long ago the event was appended when the command for it comes, in milliseconds; it may come before the
// answer to the append does.
func (p *payments) await(ctx context.Context, id string, appended time.Time) (float64, error) {
	for {
		select {
		case got, running := <-p.asked:
			if !running {
				return 0, p.err
			}
			if got == id {
				return max(0, float64(time.Since(appended))/float64(time.Millisecond)), nil
			}
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

// Invoke is of grpc.ClientConnInterface.
func (p *payments) Invoke(_ context.Context, _ string, request, _ any, _ ...grpc.CallOption) error {
	if r, ok := request.(*paymentv1.AuthorizePaymentRequest); ok {
		p.asked <- r.GetPaymentId()
	}
	return nil
}

// NewStream is of grpc.ClientConnInterface; no command is a stream.
func (p *payments) NewStream(context.Context, *grpc.StreamDesc, string, ...grpc.CallOption) (grpc.ClientStream, error) {
	return nil, errors.ErrUnsupported
}
