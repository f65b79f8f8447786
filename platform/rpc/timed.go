package rpc

import (
	"context"
	"time"

	"google.golang.org/grpc/stats"
)

// timed tells its handler when a call began, as it ends: a channel within the process doesn't, where the network does, and how
// long the call took is reckoned from it.
type timed struct{ stats.Handler }

type beganKey struct{}

func (h timed) TagRPC(ctx context.Context, info *stats.RPCTagInfo) context.Context {
	return context.WithValue(h.Handler.TagRPC(ctx, info), beganKey{}, time.Now())
}

func (h timed) HandleRPC(ctx context.Context, s stats.RPCStats) {
	if end, ok := s.(*stats.End); ok && end.BeginTime.IsZero() {
		end.BeginTime, _ = ctx.Value(beganKey{}).(time.Time)
	}
	h.Handler.HandleRPC(ctx, s)
}
