package rpc

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/proto"

	"tiffin/platform/eventlog"
	"tiffin/platform/problem"
)

// The names under which a command travels in metadata.
const (
	CommandID     = "tiffin-command-id"
	CorrelationID = "tiffin-correlation-id"
	CausationID   = "tiffin-causation-id"
)

// Ids are kept by aggregates, so they can't be of any length.
const maxID = 128

func commandUnary() grpc.UnaryServerInterceptor {
	return func(ctx context.Context, req any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
		command, err := received(ctx)
		if err != nil {
			return nil, err
		}
		if command.ID != "" {
			if command.Fingerprint, err = fingerprint(info.FullMethod, req); err != nil {
				return nil, err
			}
		}
		return next(eventlog.WithCommand(ctx, command), req)
	}
}

// Streams are queries: they carry the correlation on, and have no content to fingerprint.
func commandStream() grpc.StreamServerInterceptor {
	return func(srv any, stream grpc.ServerStream, _ *grpc.StreamServerInfo, next grpc.StreamHandler) error {
		command, err := received(stream.Context())
		if err != nil {
			return err
		}
		return next(srv, within{ServerStream: stream, ctx: eventlog.WithCommand(stream.Context(), command)})
	}
}

func received(ctx context.Context) (eventlog.Command, error) {
	var c eventlog.Command
	for _, f := range [...]struct {
		name string
		into *string
	}{{CommandID, &c.ID}, {CorrelationID, &c.CorrelationID}, {CausationID, &c.CausationID}} {
		values := metadata.ValueFromIncomingContext(ctx, f.name)
		if len(values) == 0 {
			continue
		}
		if len(values) > 1 || len(values[0]) > maxID {
			return c, problem.InvalidField(f.name, "must be given once, with %d characters at most", maxID)
		}
		*f.into = values[0]
	}
	return c, nil
}

// fingerprint is the same for the same request to the same method, and for no other.
func fingerprint(method string, req any) (string, error) {
	message, ok := req.(proto.Message)
	if !ok {
		return "", fmt.Errorf("fingerprint %s: %T is no protobuf message", method, req)
	}
	body, err := proto.MarshalOptions{Deterministic: true}.Marshal(message)
	if err != nil {
		return "", fmt.Errorf("fingerprint %s: %w", method, err)
	}
	hash := sha256.New()
	hash.Write([]byte(method))
	hash.Write([]byte{0})
	hash.Write(body)
	return hex.EncodeToString(hash.Sum(nil)), nil
}
