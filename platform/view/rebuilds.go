package view

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"tiffin/platform/pause"
)

// RebuildsBucket is the name of the bucket of what is asked of views.
const RebuildsBucket = "REBUILDS"

const (
	// rememberAsks is how long a request and its answer are kept.
	rememberAsks = 7 * 24 * time.Hour
	askTimeout   = 5 * time.Second
)

// Rebuilds is what is asked of the views of a cell. It is safe for concurrent use.
type Rebuilds struct{ kv jetstream.KeyValue }

// OpenRebuilds returns it, and makes its bucket with so many replicas where there is none.
func OpenRebuilds(ctx context.Context, nc *nats.Conn, replicas int) (*Rebuilds, error) {
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(askTimeout))
	if err != nil {
		return nil, err
	}
	for {
		kv, err := js.KeyValue(ctx, RebuildsBucket)
		if errors.Is(err, jetstream.ErrBucketNotFound) {
			kv, err = js.CreateKeyValue(ctx, jetstream.KeyValueConfig{
				Bucket: RebuildsBucket, Description: "What was asked of views that may be rebuilt, and whether they do it.", History: 1,
				TTL: rememberAsks, Storage: jetstream.FileStorage, Replicas: max(1, replicas),
			})
		}
		if errors.Is(err, jetstream.ErrBucketExists) { // another process has made it, with replicas of its own
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("rebuilds: %w", err)
		}
		return &Rebuilds{kv}, nil
	}
}

// ExistingRebuilds returns it, and makes nothing.
func ExistingRebuilds(ctx context.Context, nc *nats.Conn) (*Rebuilds, error) {
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(askTimeout))
	if err != nil {
		return nil, err
	}
	kv, err := js.KeyValue(ctx, RebuildsBucket)
	if err != nil {
		return nil, fmt.Errorf("rebuilds: %w", err)
	}
	return &Rebuilds{kv}, nil
}

// request is what was asked of a view, and what it answered.
type request struct {
	Action Action    `json:"action"`
	Time   time.Time `json:"time"`
	// Answered, with a reason where it is not done.
	Answered bool   `json:"answered,omitempty"`
	Refused  string `json:"refused,omitempty"`
}

func askKey(bff, name string, version int) string {
	return fmt.Sprintf("%s.%s.v%d", bff, name, version)
}

// Refused is why a view does not do what was asked of it.
type Refused struct{ Reason string }

func (r *Refused) Error() string { return r.Reason }

// Ask asks a view for something, in the place of what was asked before and not answered, and waits until whoever applies it has
// begun with it. It returns *Refused where that can't be done; what is asked stays asked when ctx ends.
func (r *Rebuilds) Ask(ctx context.Context, bff, name string, version int, action Action) error {
	key := askKey(bff, name, version)
	value, err := json.Marshal(request{Action: action, Time: time.Now()})
	if err != nil {
		return err
	}
	revision, err := r.kv.Put(ctx, key, value)
	if err != nil {
		return fmt.Errorf("ask %s: %w", key, err)
	}
	answers, err := r.kv.Watch(ctx, key)
	if err != nil {
		return fmt.Errorf("wait for %s: %w", key, err)
	}
	defer func() { _ = answers.Stop() }() // it has ended with the connection, if that fails
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case entry, open := <-answers.Updates():
			switch {
			case !open:
				return fmt.Errorf("wait for %s: the connection has ended", key)
			case entry == nil || entry.Revision() <= revision:
				continue
			}
			var answered request
			if err := json.Unmarshal(entry.Value(), &answered); err != nil {
				return fmt.Errorf("answer of %s: %w", key, err)
			}
			if answered.Action != action {
				return fmt.Errorf("%s was asked to %s meanwhile", key, answered.Action)
			}
			if answered.Answered && answered.Refused != "" {
				return &Refused{answered.Refused}
			}
			if answered.Answered {
				return nil
			}
		}
	}
}

// ask is a request on its way within the process; answer has room for one.
type ask struct {
	action   Action
	revision uint64
	answer   chan error
}

// listenToAsks takes in what is asked of the view until ctx ends.
func (v *View[D]) listenToAsks(ctx context.Context, asked chan<- ask) {
	for ctx.Err() == nil && v.o.Rebuilds != nil {
		err := v.o.Rebuilds.serve(ctx, askKey(v.o.BFF, v.spec.Name, v.spec.Version), asked)
		if ctx.Err() != nil {
			return
		}
		v.logger.WarnContext(ctx, "listening to requests to rebuild again", "error", err)
		_ = pause.For(ctx, lastPause/4) // the loop sees when ctx ends
	}
}

func (r *Rebuilds) serve(ctx context.Context, key string, asked chan<- ask) error {
	watched, err := r.kv.Watch(ctx, key, jetstream.IgnoreDeletes())
	if err != nil {
		return err
	}
	defer func() { _ = watched.Stop() }() // as above
	for {
		var entry jetstream.KeyValueEntry
		open := true
		select {
		case <-ctx.Done():
			return ctx.Err()
		case entry, open = <-watched.Updates():
		}
		if !open {
			return errors.New("the connection has ended")
		}
		var q request
		if entry == nil || json.Unmarshal(entry.Value(), &q) != nil || q.Answered { // what can't be read was not asked by us
			continue
		}
		if err := r.answer(ctx, entry, q, asked); err != nil {
			return err
		}
	}
}

func (r *Rebuilds) answer(ctx context.Context, entry jetstream.KeyValueEntry, q request, asked chan<- ask) error {
	a := ask{q.Action, entry.Revision(), make(chan error, 1)}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case asked <- a:
	}
	var done error
	select {
	case <-ctx.Done():
		return ctx.Err()
	case done = <-a.answer:
	}
	if ctx.Err() != nil { // whoever applies the view next is asked again
		return ctx.Err()
	}
	var refused *Refused
	switch {
	case errors.As(done, &refused):
		q.Refused = refused.Reason
	case done != nil: // it is neither done nor refused, so it stays asked
		return done
	}
	q.Answered = true
	value, err := json.Marshal(q)
	if err != nil {
		return err
	}
	if _, err := r.kv.Update(ctx, entry.Key(), value, entry.Revision()); err != nil && !errors.Is(err, jetstream.ErrKeyExists) {
		return err
	}
	return nil // where something else was asked meanwhile, that is next
}
