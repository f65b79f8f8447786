package fault

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"tiffin/platform/eventlog"
)

// The kinds of consumers.
const (
	View    = "view"
	Process = "process"
	Replica = "replica"
	Gateway = "gateway"
)

// Consumer is who could not process an event: "view.customer.orders.v1".
type Consumer struct {
	// Kind is one of the above, Owner the BFF or service, Name the consumer within it.
	Kind, Owner, Name string
	Version           int
	// Generation of the version, where it was built more than once; 0: the first.
	Generation int
}

func (c Consumer) String() string {
	if c.Generation > 0 {
		return fmt.Sprintf("%s.%s.%s.v%d_g%d", c.Kind, c.Owner, c.Name, c.Version, c.Generation)
	}
	return fmt.Sprintf("%s.%s.%s.v%d", c.Kind, c.Owner, c.Name, c.Version)
}

var nameRule = regexp.MustCompile(`^[a-z][a-z0-9_-]*$`)

// Validate reports a consumer that can't be named in a subject.
func (c Consumer) Validate() error {
	for _, name := range []string{c.Kind, c.Owner, c.Name} {
		if !nameRule.MatchString(name) {
			return fmt.Errorf("fault: a consumer's %q must match %s", name, nameRule)
		}
	}
	return nil
}

// The kinds of keys.
const (
	// Document is the unit of order of a view.
	Document = "document"
	// Subject is the unit of order of the log: an aggregate.
	Subject = "subject"
	// Instance is the unit of order of a control service: a process.
	Instance = "instance"
	// Message is the unit of order of what comes from outside: what a message is about, or its subject where that isn't known.
	Message = "message"
)

// Key is what must keep its order: what is parked for it holds up what follows for it, and nothing else.
type Key struct{ Kind, ID string }

// longestID that stands in a subject as it is; of a longer one there stands a hash.
const longestID = 200

var plain = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// token is the key's id as one token of a subject.
func (k Key) token() string {
	switch {
	case len(k.ID) > longestID:
		sum := sha256.Sum256([]byte(k.ID))
		return "=" + base64.RawURLEncoding.EncodeToString(sum[:])
	case plain.MatchString(k.ID):
		return k.ID
	default:
		return "=" + base64.RawURLEncoding.EncodeToString([]byte(k.ID))
	}
}

// ID names a fault, which is the sequence parked for one key of one consumer.
func ID(c Consumer, k Key) string { return c.String() + "." + k.Kind + "." + k.token() }

// Entry is one parked event.
type Entry struct {
	Consumer Consumer
	Key      Key
	// Event is the event as it stands in the log: what is personal stays sealed. Its Data is nil where it is too long to be
	// parked; it is in the log. Of a message from outside it is the body as it came, and its position is its number in the
	// sequence.
	Event eventlog.Record
	// Shown are the names of the fields of a message from outside whose values say nothing of persons.
	Shown []string
	// Error says why it can't be processed, and Stack where; both are empty where it only stands behind another.
	Error, Stack string
	ParkedAt     time.Time
	// sequence is the stream's own number of what was read, which never comes again; 0 of what wasn't.
	sequence uint64
}

// FaultID is the fault that the entry belongs to.
func (e Entry) FaultID() string { return ID(e.Consumer, e.Key) }

func subjectOf(id string, position uint64) string {
	return prefix + id + "." + strconv.FormatUint(position, 10)
}

// Fault is the sequence parked for one key of one consumer, told by its first event.
type Fault struct {
	ID string
	// First is the event that the others stand behind: the first that can't be processed.
	First Entry
	// Count is how many events are parked, the first included, and Last the position of the last of them.
	Count int
	Last  uint64
}
