package host

import (
	"time"

	"tiffin/platform/cell"
	"tiffin/platform/rest"
	"tiffin/platform/shed"
)

// What a listener takes on at once, and as many again that wait for their turn. One processor is busy with a few; most of the
// rest wait for a view to catch up, or for the disk. The figures bound memory and waiting, not throughput: of some thousand
// requests a second, the last in line waits for a fraction of one.
const (
	requests = 256
	calls    = 256
	// streams cost memory, and next to nothing else until something changes.
	streams = 2048
)

const (
	patience = time.Second
	// answerWithin bounds a request whose caller gave it no time: longer than any answer waits for a view or an append.
	answerWithin = 30 * time.Second
	// unread is how long a stream may not be read on; pages hear a heartbeat more often.
	unread = 20 * time.Second
)

func limits(c *cell.Cell, name string, atOnce int) shed.Options {
	return shed.Options{AtOnce: atOnce, Waiting: atOnce, Patience: patience, Meter: c.Telemetry.MeterProvider, Name: name}
}

// newEntrance is where an HTTP listener's requests to the APIs come in. What the house itself needs stays outside: health,
// metrics, pages, and the webhooks of those whom we pay by.
func newEntrance(c *cell.Cell) (shed.HTTP, error) {
	answered, err := shed.New(limits(c, "HTTP requests", requests))
	if err != nil {
		return shed.HTTP{}, err
	}
	watched := limits(c, "HTTP streams", streams)
	watched.Waiting = 0
	live, err := shed.New(watched)
	return shed.HTTP{Requests: answered, Streams: live, Stream: rest.Watches, Within: answerWithin, Unread: unread}, err
}
