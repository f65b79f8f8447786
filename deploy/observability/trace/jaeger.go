package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

const (
	service  = "tiffin" // as deploy/local calls itself
	pollWait = 200 * time.Millisecond
	most     = 10_000 // traces
)

// jaegerFlags keep every listener of Jaeger's on loopback; those that nobody needs take any port.
func jaegerFlags(collector, query, reporter string) []string {
	const anywhere = "127.0.0.1:0"
	return []string{
		"--log-level=warn",
		"--collector.otlp.grpc.host-port=" + collector, "--collector.otlp.http.host-port=" + anywhere,
		"--query.http-server.host-port=" + query, "--query.grpc-server.host-port=" + anywhere,
		"--collector.grpc-server.host-port=" + reporter, "--collector.http-server.host-port=" + anywhere,
		"--admin.http.host-port=" + anywhere, "--http-server.host-port=" + anywhere,
		"--processor.jaeger-binary.server-host-port=" + anywhere, "--processor.jaeger-compact.server-host-port=" + anywhere,
		"--processor.zipkin-compact.server-host-port=" + anywhere,
	}
}

// await asks Jaeger until everything that the clicks caused is there.
func await(ctx context.Context, jaeger string, since time.Time, clicks []click) (*traces, error) {
	ask := url.Values{"service": {service}, "limit": {strconv.Itoa(most)}, "start": {strconv.FormatInt(since.UnixMicro(), 10)}}
	tick := time.NewTicker(pollWait)
	defer tick.Stop()
	missing := "any trace"
	for {
		var answer struct{ Data []struct{ Spans []span } }
		status, err := client{at: jaeger}.call(ctx, http.MethodGet, "/api/traces?"+ask.Encode(), nil, &answer)
		if err == nil && status == http.StatusOK {
			var all []span
			for _, t := range answer.Data {
				all = append(all, t.Spans...)
			}
			found := newTraces(all)
			if missing = found.missing(clicks); missing == "" {
				return found, nil
			}
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("still without %s: %w", missing, ctx.Err())
		case <-tick.C:
		}
	}
}
