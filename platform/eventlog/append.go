package eventlog

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"tiffin/platform/hub/leader"
	"tiffin/platform/pause"
	"tiffin/platform/problem"
)

// Expectation is what an append was decided against. The zero value is invalid, so that nobody appends without saying.
type Expectation struct {
	stated   bool
	sequence uint64
}

// Nothing expects that the aggregate has no event yet.
func Nothing() Expectation { return Expectation{stated: true} }

// At expects that the aggregate's last event is at the position.
func At(position uint64) Expectation { return Expectation{stated: true, sequence: position} }

// ErrConflict is returned when the aggregate has moved on: nothing was appended.
var ErrConflict = errors.New("the aggregate has changed since it was read")

// The codes by which JetStream tells a conflict; the message texts are not reliable.
const (
	codeWrongLast         = 10071 // on the leader, after commit
	codeWrongLastInFlight = 10164 // on a replicated stream, another append to the subject is in flight
	codeSameIDInFlight    = 10158 // on a replicated stream, this very append is in flight
)

// codeNoRoom is JetStream's for a store that is as large as it may be: nothing was appended. It comes with the status of a
// server that can't be reached.
const codeNoRoom = 10023

const (
	tryTimeout = 2 * time.Second
	// retryFor is how long an append of unknown outcome is repeated: a killed leader leaves some 5 s without writes.
	retryFor   = 12 * time.Second
	retryPause = 50 * time.Millisecond
)

// publish appends the message under its guard and returns its position. A publish can end without an answer; then the
// identical one is repeated, and its event id tells whether it is there already. Where even that stays open, the problem
// OUTCOME_UNKNOWN is returned: the same command, repeated later, finds out.
func (l *Log) publish(ctx context.Context, msg *nats.Msg, expected Expectation) (uint64, error) {
	if !expected.stated {
		return 0, errors.New("eventlog: append without an expectation")
	}
	id, open, until := first(msg.Header, hdrID), false, time.Now().Add(retryFor)
	for {
		ack, err := l.publishOnce(ctx, msg, id, expected.sequence)
		switch code := codeOf(err); {
		case err == nil:
			return ack.Sequence, nil
		case code == codeWrongLast && open:
			return l.settle(ctx, msg.Subject, id, expected.sequence)
		case code == codeWrongLast, code == codeWrongLastInFlight && !open:
			return 0, ErrConflict
		case code == codeSameIDInFlight, code == codeWrongLastInFlight:
		case code == codeNoRoom && !open:
			return 0, diskFull()
		case leader.Unanswered(err):
			open = true
		default:
			return 0, fmt.Errorf("append: %w", err)
		}
		if time.Now().After(until) || pause.For(ctx, retryPause) != nil {
			return 0, outcomeUnknown()
		}
	}
}

func (l *Log) publishOnce(ctx context.Context, msg *nats.Msg, id string, expected uint64) (*jetstream.PubAck, error) {
	ctx, cancel := context.WithTimeout(ctx, tryTimeout)
	defer cancel()
	return l.js.PublishMsg(ctx, msg, jetstream.WithMsgID(id), jetstream.WithExpectLastSequencePerSubject(expected))
}

// settle finds out whose event followed the expected one.
func (l *Log) settle(ctx context.Context, subject, id string, expected uint64) (uint64, error) {
	m, err := l.leaderGet(ctx, leader.Request{Sequence: expected + 1, NextBySubject: subject})
	switch {
	case err != nil:
		return 0, outcomeUnknown()
	case eventID(m) == id:
		return m.Sequence, nil
	default:
		return 0, ErrConflict
	}
}

func outcomeUnknown() error {
	return problem.New(problem.Unavailable, "OUTCOME_UNKNOWN",
		"the event log did not answer in time; repeat the request with the same idempotency key to find out")
}

func diskFull() error {
	return problem.New(problem.Unavailable, "DISK_FULL",
		"there is no room left to write it down; nothing was changed. Please repeat when there is room again")
}

func codeOf(err error) jetstream.ErrorCode {
	var api *jetstream.APIError
	if errors.As(err, &api) {
		return api.ErrorCode
	}
	var js jetstream.JetStreamError
	if errors.As(err, &js) && js.APIError() != nil {
		return js.APIError().ErrorCode
	}
	return 0
}
