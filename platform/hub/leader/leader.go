package leader

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Request says which message: that at the sequence, the last of a subject, or the next of a subject from the sequence on.
// Subjects may have wildcards.
type Request struct {
	Sequence      uint64 `json:"seq,omitempty"`
	LastBySubject string `json:"last_by_subj,omitempty"`
	NextBySubject string `json:"next_by_subj,omitempty"`
}

// Message is one message of a stream; its zero value is none.
type Message struct {
	Sequence uint64 `json:"seq"`
	Subject  string `json:"subject"`
	// Header as it goes over the wire.
	Header []byte `json:"hdrs"`
	Data   []byte `json:"data"`
}

// Headers of the message.
func (m Message) Headers() (nats.Header, error) {
	if len(m.Header) == 0 {
		return nil, nil
	}
	return nats.DecodeHeadersMsg(m.Header)
}

const (
	codeNoMessage = 10037
	// unavailable is JetStream's status for a stream or a cluster without a leader.
	unavailable = 503

	tryTimeout = 2 * time.Second
	retryPause = 50 * time.Millisecond
)

// Get asks the leader for one message; none is the zero value. It asks again while there is no leader, until ctx ends. For a
// stream that is not there it returns jetstream.ErrStreamNotFound.
func Get(ctx context.Context, nc *nats.Conn, stream string, r Request) (Message, error) {
	body, err := json.Marshal(r)
	if err != nil {
		return Message{}, err
	}
	for {
		m, err := try(ctx, nc, stream, body)
		if err == nil || !Unanswered(err) {
			return m, err
		}
		select {
		case <-ctx.Done():
			return Message{}, fmt.Errorf("stream %s has no leader: %w", stream, ctx.Err())
		case <-time.After(retryPause):
		}
	}
}

func try(ctx context.Context, nc *nats.Conn, stream string, body []byte) (Message, error) {
	ctx, cancel := context.WithTimeout(ctx, tryTimeout)
	defer cancel()
	resp, err := nc.RequestWithContext(ctx, "$JS.API.STREAM.MSG.GET."+stream, body)
	if err != nil {
		return Message{}, err
	}
	var answer struct {
		Error   *jetstream.APIError `json:"error"`
		Message Message             `json:"message"`
	}
	if err := json.Unmarshal(resp.Data, &answer); err != nil {
		return Message{}, fmt.Errorf("stream %s answered: %w", stream, err)
	}
	switch {
	case answer.Error == nil:
		return answer.Message, nil
	case answer.Error.ErrorCode == codeNoMessage:
		return Message{}, nil
	case answer.Error.ErrorCode == jetstream.JSErrCodeStreamNotFound:
		return Message{}, jetstream.ErrStreamNotFound
	default:
		return Message{}, answer.Error
	}
}

// Unanswered reports whether an error leaves open what the server did.
func Unanswered(err error) bool {
	for _, e := range []error{
		nats.ErrTimeout, nats.ErrNoResponders, nats.ErrDisconnected, nats.ErrConnectionReconnecting, nats.ErrConnectionClosed,
		nats.ErrReconnectBufExceeded, jetstream.ErrNoStreamResponse, context.DeadlineExceeded, context.Canceled,
	} {
		if errors.Is(err, e) {
			return true
		}
	}
	var api *jetstream.APIError
	return errors.As(err, &api) && api.Code == unavailable
}
