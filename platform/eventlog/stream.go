package eventlog

import (
	"context"
	"errors"
	"reflect"

	"github.com/nats-io/nats.go/jetstream"
)

// ErrNoLog is returned for a hub without an event log, to who only looks.
var ErrNoLog = errors.New("this hub has no event log")

func findStream(ctx context.Context, js jetstream.JetStream, o Options) error {
	if !o.Existing {
		return ensureStream(ctx, js, o)
	}
	_, err := js.Stream(ctx, Stream)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return ErrNoLog
	}
	return err
}

// ensureStream makes the stream where there is none. One that is there gets what the log relies on, and keeps the rest.
func ensureStream(ctx context.Context, js jetstream.JetStream, o Options) error {
	made := relied(jetstream.StreamConfig{Name: Stream, Storage: o.Storage, Replicas: max(1, o.Replicas)})
	for {
		there, err := js.Stream(ctx, Stream)
		if err == nil {
			kept := there.CachedInfo().Config
			wanted := relied(kept)
			if reflect.DeepEqual(kept, wanted) {
				return nil
			}
			_, err = js.UpdateStream(ctx, wanted)
			return err
		}
		if !errors.Is(err, jetstream.ErrStreamNotFound) {
			return err
		}
		// Another process may have made it meanwhile, with replicas of its own.
		if _, err = js.CreateStream(ctx, made); !errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
			return err
		}
	}
}

// relied adds what the log can't do without.
func relied(c jetstream.StreamConfig) jetstream.StreamConfig {
	c.Description, c.Subjects = "Every fact, in the one order of this cell.", []string{subjectPrefix + ">"}
	c.AllowDirect, c.Discard = true, jetstream.DiscardNew
	return c
}
