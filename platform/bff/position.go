package bff

import (
	"context"
	"fmt"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/proto"

	"tiffin/platform/eventlog"
	"tiffin/platform/position"
	"tiffin/platform/problem"
	"tiffin/platform/rest"
)

// presented is what the caller has seen before: in an earlier answer, or in the stream that it resumes.
func presented(ctx context.Context) (position.Token, error) {
	seen := position.Token{}
	for _, name := range []string{rest.PositionKey, rest.LastEventIDKey} {
		for _, value := range metadata.ValueFromIncomingContext(ctx, name) {
			token, err := position.Parse(value)
			if err != nil {
				return nil, problem.InvalidField(name, "is not a position that this API gave out")
			}
			seen = seen.Merge(token)
		}
	}
	return seen, nil
}

// Await waits until the views, which read no domain twice, have applied what the caller has seen, each within its bound. What
// they had applied *before* the documents are read is what the answer has surely seen, so it is reported now.
func Await(ctx context.Context, views ...Progress) error {
	token, err := presented(ctx)
	if err != nil {
		return err
	}
	seen, stale := token, false
	for _, view := range views {
		late, err := view.WaitFor(ctx, token)
		if err != nil {
			return fmt.Errorf("wait for the view: %w", err)
		}
		seen, stale = seen.Merge(view.Seen()), stale || late
	}
	return report(ctx, seen, stale)
}

// Accepted reports how far a domain's log, which the domain's events name, has come by a command.
func Accepted(ctx context.Context, events proto.Message, at uint64) error {
	token, err := presented(ctx)
	if err != nil {
		return err
	}
	return report(ctx, token.Merge(position.Token{eventlog.DomainOf(events): at}), false)
}

func report(ctx context.Context, seen position.Token, stale bool) error {
	header := metadata.Pairs(rest.PositionKey, seen.Encode())
	if stale {
		header.Set(rest.StaleKey, "true")
	}
	if err := grpc.SetHeader(ctx, header); err != nil {
		return fmt.Errorf("report the position: %w", err)
	}
	return nil
}
