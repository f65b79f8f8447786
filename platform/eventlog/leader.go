package eventlog

import (
	"context"

	"tiffin/platform/hub/leader"
)

// leaderGet asks the leader of the log for one message; none is the zero value. Reads by direct get are answered by any replica
// and may be stale, so this is for what must be fresh. It asks again while there is no leader, until ctx ends.
func (l *Log) leaderGet(ctx context.Context, r leader.Request) (leader.Message, error) {
	return leader.Get(ctx, l.nc, Stream, r)
}

// eventID returns the id of the event that a message holds.
func eventID(m leader.Message) string {
	h, err := m.Headers()
	if err != nil {
		return ""
	}
	return first(h, hdrID)
}
