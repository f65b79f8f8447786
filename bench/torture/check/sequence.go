package check

import (
	"strconv"

	"github.com/nats-io/nats.go/jetstream"

	"tiffin/platform/eventlog"
)

// The rules of the log itself.
const (
	// Gapless: positions follow one another, and nothing has gone.
	Gapless = "the log has no gap"
	// Followed: each event was decided on the aggregate as the event before left it.
	Followed = "every event follows the one that it was decided on"
	// Readable: what is in the log can be read.
	Readable = "every event can be read"
)

// sequence is how events follow one another, in the log and in each aggregate. An event says in a header what it was decided on.
type sequence struct {
	unmoved
	last uint64
	of   map[string]uint64
}

func newSequence() *sequence { return &sequence{of: map[string]uint64{}} }

func (s *sequence) event(e eventlog.Event, broken tell) {
	if e.Position != s.last+1 {
		broken(Gapless, e.Type, "%d follows %d", e.Position, s.last)
	}
	s.last = e.Position
	if e.Err != nil {
		broken(Readable, strconv.FormatUint(e.Position, 10), "%v", e.Err)
	}
	subject := e.Record.Subject
	said := e.Record.Header[jetstream.ExpectedLastSubjSeqHeader]
	switch before := s.of[subject]; {
	case len(said) == 0:
		broken(Followed, subject, "%d, %s, does not say what it was decided on", e.Position, e.Type)
	case said[0] != strconv.FormatUint(before, 10):
		broken(Followed, subject, "%d, %s, was decided on %s, and follows %d", e.Position, e.Type, said[0], before)
	}
	s.of[subject] = e.Position
}
