package eventlog

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Reads by direct get are answered by any replica and may be stale, so what must be fresh is asked of the stream's leader,
// which only the raw API does.
const leaderSubject = "$JS.API.STREAM.MSG.GET." + Stream

const codeNoMessage = 10037

type leaderRequest struct {
	Sequence      uint64 `json:"seq,omitempty"`
	LastBySubject string `json:"last_by_subj,omitempty"`
	NextBySubject string `json:"next_by_subj,omitempty"`
}

type leaderMessage struct {
	Sequence uint64 `json:"seq"`
	Header   []byte `json:"hdrs"`
}

// leaderGet asks the leader for one message; none is the zero value. It asks again while there is no leader, until ctx ends.
func (l *Log) leaderGet(ctx context.Context, r leaderRequest) (leaderMessage, error) {
	body, err := json.Marshal(r)
	if err != nil {
		return leaderMessage{}, err
	}
	for {
		m, err := l.leaderTry(ctx, body)
		if err == nil || !unknown(err) {
			return m, err
		}
		if err := pause(ctx, retryPause); err != nil {
			return leaderMessage{}, fmt.Errorf("event log has no leader: %w", err)
		}
	}
}

func (l *Log) leaderTry(ctx context.Context, body []byte) (leaderMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, tryTimeout)
	defer cancel()
	resp, err := l.nc.RequestWithContext(ctx, leaderSubject, body)
	if err != nil {
		return leaderMessage{}, err
	}
	var answer struct {
		Error   *jetstream.APIError `json:"error"`
		Message leaderMessage       `json:"message"`
	}
	if err := json.Unmarshal(resp.Data, &answer); err != nil {
		return leaderMessage{}, fmt.Errorf("event log answered: %w", err)
	}
	if answer.Error != nil {
		if answer.Error.ErrorCode == codeNoMessage {
			return leaderMessage{}, nil
		}
		return leaderMessage{}, answer.Error
	}
	return answer.Message, nil
}

// eventID returns the id of the event that the message holds.
func (m leaderMessage) eventID() string {
	h, err := nats.DecodeHeadersMsg(m.Header)
	if err != nil {
		return ""
	}
	return first(h, hdrID)
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
