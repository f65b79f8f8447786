package location

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/protobuf/proto"

	typev1 "tiffin/gen/tiffin/type/v1"
)

// Stream is the name of the JetStream stream, in memory, that holds the last values.
const Stream = "LOCATIONS"

const (
	prefix    = "location."
	hdrTime   = "time"
	forgotten = time.Hour
	heartbeat = 500 * time.Millisecond
)

// Position is where a courier was at a time.
type Position struct {
	CourierID string
	At        *typev1.Location
	Time      time.Time
}

// Store publishes and reads positions. It is safe for concurrent use.
type Store struct {
	nc     *nats.Conn
	stream jetstream.Stream
}

// Open returns the store, and makes its stream where there is none.
func Open(ctx context.Context, nc *nats.Conn) (*Store, error) {
	js, err := jetstream.New(nc)
	if err != nil {
		return nil, err
	}
	stream, err := js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name: Stream, Description: "Where each courier was last.", Subjects: []string{prefix + "*"},
		Storage: jetstream.MemoryStorage, MaxMsgsPerSubject: 1, MaxAge: forgotten, AllowDirect: true, NoAck: true,
	})
	if err != nil {
		return nil, fmt.Errorf("locations: %w", err)
	}
	return &Store{nc: nc, stream: stream}, nil
}

// Publish tells where a courier is, and does not wait for anybody. The id must be a token of a subject, as every ULID is.
func (s *Store) Publish(p Position) error {
	if p.CourierID == "" || strings.ContainsAny(p.CourierID, ".*> \t\r\n") {
		return fmt.Errorf("locations: %q is no courier's id", p.CourierID)
	}
	body, err := proto.Marshal(p.At)
	if err != nil {
		return err
	}
	return s.nc.PublishMsg(&nats.Msg{Subject: prefix + p.CourierID, Data: body, Header: nats.Header{
		hdrTime: {p.Time.UTC().Format(time.RFC3339Nano)},
	}})
}

// Latest returns where a courier was last, and whether that is known.
func (s *Store) Latest(ctx context.Context, courierID string) (Position, bool, error) {
	m, err := s.stream.GetLastMsgForSubject(ctx, prefix+courierID)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return Position{}, false, nil
	}
	if err != nil {
		return Position{}, false, fmt.Errorf("locations: %w", err)
	}
	p, err := decode(m.Subject, m.Header, m.Data)
	return p, err == nil, err
}

// Watch calls handle with the last position of every courier, or of those named, and with each that follows, until ctx ends.
// Positions that follow each other quickly may be left out but the last.
func (s *Store) Watch(ctx context.Context, handle func(Position), courierIDs ...string) error {
	var subjects []string
	for _, id := range courierIDs {
		subjects = append(subjects, prefix+id)
	}
	consumer, err := s.stream.OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{
		FilterSubjects: subjects, DeliverPolicy: jetstream.DeliverLastPerSubjectPolicy,
	})
	if err != nil {
		return fmt.Errorf("locations: %w", err)
	}
	consuming, err := consumer.Consume(func(m jetstream.Msg) {
		if p, err := decode(m.Subject(), m.Headers(), m.Data()); err == nil { // what can't be read is worth nothing
			handle(p)
		}
	}, jetstream.PullHeartbeat(heartbeat))
	if err != nil {
		return fmt.Errorf("locations: %w", err)
	}
	defer func() {
		consuming.Stop()
		<-consuming.Closed()
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-consuming.Closed():
		return errors.New("locations: the consumer ended")
	}
}

func decode(subject string, h nats.Header, data []byte) (Position, error) {
	p := Position{CourierID: strings.TrimPrefix(subject, prefix), At: &typev1.Location{}}
	var err error
	if values := h[hdrTime]; len(values) > 0 {
		p.Time, err = time.Parse(time.RFC3339Nano, values[0])
	}
	return p, errors.Join(err, proto.Unmarshal(data, p.At))
}
