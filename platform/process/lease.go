package process

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

// Bucket is the name of the key-value bucket that holds each control service's lease and checkpoint.
const Bucket = "PROCESSES"

// errFenced: another instance is the active one.
var errFenced = errors.New("another instance has taken over")

// checkpoint says who carries a control service on, and how far that is done. No clock is compared between machines.
type checkpoint struct {
	// Epoch grows with each new holder, Beat with each sign of its life.
	Epoch  uint64 `json:"epoch"`
	Beat   uint64 `json:"beat"`
	Holder string `json:"holder"`
	// Inputs is the position up to which events of other domains were decided on, Own the one up to which decisions were
	// carried out.
	Inputs uint64 `json:"inputs"`
	Own    uint64 `json:"own"`

	revision uint64
}

// lease is the checkpoint's place.
type lease struct {
	kv             jetstream.KeyValue
	domain, holder string
}

func openLease(ctx context.Context, js jetstream.JetStream, o Options, domain, holder string) (*lease, error) {
	kv, err := js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{
		Bucket: Bucket, Description: "Who carries a control service on, and how far it is.", History: 1,
		Storage: o.Storage, Replicas: max(1, o.Replicas),
	})
	if err != nil {
		return nil, fmt.Errorf("checkpoints: %w", err)
	}
	return &lease{kv: kv, domain: domain, holder: holder}, nil
}

// read returns the checkpoint; the zero value where there is none. A replica may answer with an older one.
func (l *lease) read(ctx context.Context) (checkpoint, error) {
	entry, err := l.kv.Get(ctx, l.domain)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return checkpoint{}, nil
	}
	if err != nil {
		return checkpoint{}, fmt.Errorf("read the checkpoint: %w", err)
	}
	var c checkpoint
	if err := json.Unmarshal(entry.Value(), &c); err != nil {
		return checkpoint{}, fmt.Errorf("read the checkpoint: %w", err)
	}
	c.revision = entry.Revision()
	return c, nil
}

// take makes this instance the holder, if nothing was written since seen was read; errFenced where something was.
func (l *lease) take(ctx context.Context, seen checkpoint) (checkpoint, error) {
	seen.Epoch, seen.Holder = seen.Epoch+1, l.holder
	return l.write(ctx, seen)
}

// write replaces the checkpoint that it was read from. An answer that got lost looks like errFenced: the lease is then
// taken again, or run out.
func (l *lease) write(ctx context.Context, c checkpoint) (checkpoint, error) {
	c.Beat++
	body, err := json.Marshal(c)
	if err != nil {
		return c, err
	}
	// With revision 0 it passes only where nothing was written yet.
	revision, err := l.kv.Update(ctx, l.domain, body, c.revision)
	if err != nil {
		if wrongRevision(err) {
			return c, errFenced
		}
		return c, fmt.Errorf("write the checkpoint: %w", err)
	}
	c.revision = revision
	return c, nil
}

func wrongRevision(err error) bool {
	var api *jetstream.APIError
	return errors.Is(err, jetstream.ErrKeyExists) || errors.As(err, &api) &&
		(api.ErrorCode == codeWrongLast || api.ErrorCode == codeWrongLastInFlight)
}

// The codes by which JetStream tells that a message is not there, or not what was expected.
const (
	codeWrongLast         = 10071
	codeWrongLastInFlight = 10164
	codeNoMessage         = 10037
)

func ignoreMissing(err error) error {
	var api *jetstream.APIError
	if errors.Is(err, jetstream.ErrMsgNotFound) || errors.As(err, &api) && api.ErrorCode == codeNoMessage {
		return nil
	}
	return err
}
