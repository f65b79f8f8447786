package history

import (
	"strings"
	"time"

	"tiffin/platform/position"
)

// Kind says what sort of call it was.
type Kind string

// The kinds. A notice is one document of a live stream.
const (
	Command Kind = "command"
	Query   Kind = "query"
	Notice  Kind = "notice"
)

// Outcome is what the client knows of a call when it is over.
type Outcome string

// The outcomes. Unknown is no answer, half an answer, and one that says that the system does not know.
const (
	Acknowledged Outcome = "acknowledged"
	Refused      Outcome = "refused"
	Unknown      Outcome = "unknown"
)

// Call is one, with what it was answered.
type Call struct {
	Kind Kind `json:"kind"`
	// Client is the subject of the caller's token; empty: nobody in particular.
	Client string `json:"client,omitempty"`
	Method string `json:"method"`
	Path   string `json:"path"`
	// Command is the command's id, the idempotency key.
	Command string `json:"command,omitempty"`
	// Presented is what the client had seen, as it said so: tokens with commas between.
	Presented string `json:"presented,omitempty"`
	// Began and Ended are since the history's beginning, by a clock that is never set. A notice began with its stream.
	Began time.Duration `json:"began"`
	Ended time.Duration `json:"ended"`

	Outcome Outcome `json:"outcome"`
	Status  int     `json:"status,omitempty"`
	// Code of a refusal.
	Code string `json:"code,omitempty"`
	// Position is what the answer, or the notice, says that it has seen.
	Position string `json:"position,omitempty"`
	// Stale: the answer says itself that it is older than it should be.
	Stale bool `json:"stale,omitempty"`
	// Stream is the number of a notice's stream.
	Stream int64 `json:"stream,omitempty"`
	// Shown are the documents of the answer that tell how far they are.
	Shown []Shown `json:"shown,omitempty"`
	// Hash of the answer's body.
	Hash string `json:"hash,omitempty"`
}

// Shown is how far a document was that somebody was shown.
type Shown struct {
	// Kind of the document: Order or Ticket.
	Kind string `json:"kind"`
	ID   string `json:"id"`
	// Steps is how long an order's timeline is; 0: it was said not to be there.
	Steps int `json:"steps,omitempty"`
	// Changed is the time of the event that changed a ticket last.
	Changed time.Time `json:"changed,omitzero"`
}

// The kinds of documents.
const (
	Order  = "order"
	Ticket = "ticket"
)

// Seen is what all tokens of a list have seen. What no one gave out has seen nothing.
func Seen(tokens string) position.Token {
	seen := position.Token{}
	for one := range strings.SplitSeq(tokens, ",") {
		if t, err := position.Parse(strings.TrimSpace(one)); err == nil {
			seen = seen.Merge(t)
		}
	}
	return seen
}
