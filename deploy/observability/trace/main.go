package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"tiffin/platform/run"
)

// patience bounds what is waited for: the system's start, and the trace.
const patience = 2 * time.Minute

type options struct {
	jaeger, system, logs string
	once                 bool
}

func main() {
	var o options
	flag.StringVar(&o.jaeger, "jaeger", "bin/jaeger", "Jaeger's program")
	flag.StringVar(&o.system, "system", "bin/tiffin-local", "the built system")
	flag.StringVar(&o.logs, "logs", ".artifacts/trace", "folder for what the two write")
	flag.BoolVar(&o.once, "once", false, "end once the trace is printed")
	flag.Parse()
	run.Main(func(ctx context.Context) error { return trace(ctx, o) })
}

// trace starts both programs, then the order; they stop in the opposite order, so that Jaeger gets the last spans.
func trace(ctx context.Context, o options) error {
	if err := os.MkdirAll(o.logs, 0o750); err != nil {
		return err
	}
	ctx, end := context.WithCancel(ctx)
	defer end()
	return run.Parts(ctx, func(g *run.Group) error {
		ports, err := freePorts(ctx, 5)
		if err != nil {
			return err
		}
		data := os.Getenv("TIFFIN_DATA_DIR")
		if data == "" {
			if data, err = os.MkdirTemp("", "tiffin-trace-"); err != nil {
				return err
			}
			g.Close("data directory", func() error { return os.RemoveAll(data) }) //nolint:gosec // it was made above
		}
		collector, query := ports[0], ports[1]
		system := cmp.Or(os.Getenv("TIFFIN_HTTP_ADDR"), ports[3])
		g.Go("Jaeger", program(o.jaeger, filepath.Join(o.logs, "jaeger.log"), append(withoutOTEL(os.Environ()),
			"OTEL_EXPORTER_OTLP_ENDPOINT=http://"+collector, "OTEL_TRACES_SAMPLER=always_off", // its own traces are nobody's
		), jaegerFlags(collector, query, ports[2])...))
		g.Go("system", program(o.system, filepath.Join(o.logs, "tiffin.log"), append(withoutOTEL(os.Environ()),
			"OTEL_EXPORTER_OTLP_ENDPOINT=http://"+collector, "OTEL_METRICS_EXPORTER=none", "OTEL_BSP_SCHEDULE_DELAY=200",
			"TIFFIN_DATA_DIR="+data, "TIFFIN_HTTP_ADDR="+system, "TIFFIN_SANDBOX_ADDR=127.0.0.1:0", "TIFFIN_SIM=off",
			"TIFFIN_GRPC_ADDR="+cmp.Or(os.Getenv("TIFFIN_GRPC_ADDR"), ports[4]),
		)))
		g.Go("order", func(ctx context.Context) error {
			err := show(ctx, "http://"+system, "http://"+query)
			if err == nil && o.once {
				end()
			} else if err == nil {
				fmt.Printf("\nTiffin   http://%s   its spans go to Jaeger, too\nCtrl-C stops both.\n", system)
			}
			return err
		})
		return nil
	})
}

// show places the order and prints what became of it.
func show(ctx context.Context, system, jaeger string) error {
	bounded, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	since := time.Now()
	clicks, err := order(bounded, system)
	if err != nil {
		return late(ctx, bounded, "the system took no order", err)
	}
	found, err := await(bounded, jaeger, since, clicks)
	if err != nil {
		return late(ctx, bounded, "the traces did not get to Jaeger", err)
	}
	for _, c := range clicks {
		fmt.Printf("\n%s\n", c.name)
		found.print(os.Stdout, c.trace)
	}
	fmt.Printf("\nJaeger   %s/api/traces/<trace id>   (its HTTP API; this build has no pages)\n", jaeger)
	return nil
}

// late tells what was waited for in vain; being told to stop is said as it is.
func late(ctx, bounded context.Context, what string, err error) error {
	if ctx.Err() == nil && bounded.Err() != nil {
		return errors.Join(fmt.Errorf("%s within %s", what, patience), err)
	}
	return err
}
