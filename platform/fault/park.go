package fault

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// codeWrongLast is how JetStream says that a subject has a message already; the message texts are not reliable.
const codeWrongLast = 10071

// codeNoMessage is how JetStream says that a message isn't there.
const codeNoMessage = 10037

// Park parks the entries in their order. One that is there already stays as it is, so whoever is not sure repeats it. An
// error leaves open how many were parked.
func (s *Store) Park(ctx context.Context, entries ...Entry) error {
	for _, e := range entries {
		if err := s.publish(ctx, e, jetstream.WithExpectLastSequencePerSubject(0)); err != nil && codeOf(err) != codeWrongLast {
			return fmt.Errorf("park event %d for %s: %w", e.Event.Position, e.FaultID(), err)
		}
	}
	return nil
}

// Renew says of an entry that it was tried again, and why it still can't be processed. It is parked since it was parked first.
func (s *Store) Renew(ctx context.Context, e Entry) error {
	if e.ParkedAt.IsZero() {
		there, err := s.entry(ctx, e.FaultID(), e.Event.Position)
		if err != nil && !errors.Is(err, jetstream.ErrMsgNotFound) {
			return fmt.Errorf("renew: %w", err)
		}
		e.ParkedAt = there.ParkedAt
	}
	return s.renew(ctx, e)
}

// renewRead renews an entry as it was read, or fails with errConflict where that is not there any more.
func (s *Store) renewRead(ctx context.Context, e Entry) error {
	err := s.renew(ctx, e, jetstream.WithExpectLastSequencePerSubject(e.sequence))
	if conflict(err) {
		return errConflict
	}
	return err
}

func (s *Store) renew(ctx context.Context, e Entry, o ...jetstream.PublishOpt) error {
	if err := s.publish(ctx, e, o...); err != nil {
		return fmt.Errorf("renew event %d for %s: %w", e.Event.Position, e.FaultID(), err)
	}
	return nil
}

// publish stores the entry without the event's data where both are too long for one message: it is in the log.
func (s *Store) publish(ctx context.Context, e Entry, o ...jetstream.PublishOpt) error {
	if err := e.Consumer.Validate(); err != nil {
		return err
	}
	if e.ParkedAt.IsZero() {
		e.ParkedAt = s.now()
	}
	// No message id: what was parked, dropped and parked again within the server's window for them is no duplicate.
	_, err := s.js.PublishMsg(ctx, e.message(e.Event.Data == nil), o...)
	if errors.Is(err, nats.ErrMaxPayload) {
		_, err = s.js.PublishMsg(ctx, e.message(true), o...)
	}
	return err
}

// Drop forgets what is parked under a fault's id up to a position, the earliest first: where the first of a sequence is
// there, the rest is, too. What is not there is no error.
func (s *Store) Drop(ctx context.Context, id string, through uint64) error {
	positions, err := s.positions(ctx, prefix+id+".*")
	if err != nil {
		return err
	}
	for _, p := range positions[id] {
		if p > through {
			return nil
		}
		if err := s.drop(ctx, id, p); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) drop(ctx context.Context, id string, position uint64, o ...jetstream.StreamPurgeOpt) error {
	if err := s.stream.Purge(ctx, append(o, jetstream.WithPurgeSubject(subjectOf(id, position)))...); err != nil {
		return fmt.Errorf("drop event %d of %s: %w", position, id, err)
	}
	return nil
}

// dropRead drops an entry as it was read, and nothing that was parked in its place since.
func (s *Store) dropRead(ctx context.Context, e Entry) error {
	return s.drop(ctx, e.FaultID(), e.Event.Position, jetstream.WithPurgeSequence(e.sequence+1))
}

// Forget drops what was parked up to a position before the request was made. It is for consumers of which several instances
// answer: one that still can't process an event has renewed it since, or will, and so the fault stays where anybody has it.
func (s *Store) Forget(ctx context.Context, r Request, through uint64) error {
	positions, err := s.positions(ctx, prefix+r.FaultID+".*")
	if err != nil {
		return err
	}
	for _, p := range positions[r.FaultID] {
		if p > through {
			return nil
		}
		m, err := s.stream.GetLastMsgForSubject(ctx, subjectOf(r.FaultID, p))
		if err == nil && m.Time.Before(r.asked) {
			err = s.stream.DeleteMsg(ctx, m.Sequence)
		}
		if err != nil && !gone(err) {
			return fmt.Errorf("forget event %d of %s: %w", p, r.FaultID, err)
		}
	}
	return nil
}

// gone: another was faster, or the entry was renewed meanwhile.
func gone(err error) bool {
	return codeOf(err) == codeNoMessage || errors.Is(err, jetstream.ErrMsgNotFound) || errors.Is(err, jetstream.ErrMsgDeleteUnsuccessful)
}

func codeOf(err error) jetstream.ErrorCode {
	var api *jetstream.APIError
	if errors.As(err, &api) {
		return api.ErrorCode
	}
	return 0
}
