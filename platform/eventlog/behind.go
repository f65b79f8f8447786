package eventlog

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/protobuf/proto"
)

// countFor is how long the server keeps what counts when nobody takes it away.
const countFor = 10 * time.Second

// Behind returns how many events of the domains the log holds after a position, without reading them. Events that are
// appended meanwhile may be counted or not, and those that leave for the lake meanwhile twice.
func (l *Log) Behind(ctx context.Context, after uint64, domains ...proto.Message) (uint64, error) {
	last, err := l.LastPosition(ctx, domains...)
	if err != nil || last <= after { // which is nearly always, and cheap to ask
		return 0, err
	}
	consumer, err := l.js.CreateConsumer(ctx, Stream, jetstream.ConsumerConfig{
		FilterSubjects: filtersOf(domains), DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: after + 1,
		AckPolicy: jetstream.AckNonePolicy, MemoryStorage: true, Replicas: 1, InactiveThreshold: countFor,
	})
	if err != nil {
		return 0, fmt.Errorf("count events: %w", err)
	}
	info := consumer.CachedInfo()
	// Where this fails, the server does it soon.
	_ = l.js.DeleteConsumer(ctx, Stream, info.Name)
	lake, err := l.o.Lake.Now(ctx)
	if err != nil {
		return 0, err
	}
	there, err := lake.Count(ctx, after, domainsOf(domains)...)
	return info.NumPending + there, err
}

func filtersOf(domains []proto.Message) []string {
	filters := make([]string, 0, len(domains))
	for _, d := range domains {
		filters = append(filters, filterOf(DomainOf(d)))
	}
	return filters
}
