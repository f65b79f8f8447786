package eventlog

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/oklog/ulid/v2"
	"google.golang.org/protobuf/proto"

	"tiffin/platform/hub/leader"
)

// Lake is the part of the log that has left the hub. What leaves is in the lake first, so that whoever asks the hub, and then the
// lake, misses nothing.
type Lake interface {
	// Now returns what is in the lake, and all that had left the hub before the call.
	Now(ctx context.Context) (Contents, error)
}

// Contents are what was in the lake at one moment; they stay what they are. No domains: of all of them.
type Contents interface {
	// Generation is the same of the same contents only.
	Generation() uint64
	// Last is the position of the last event; 0: there is none.
	Last(domains ...string) uint64
	// Count is how many events there are behind a position.
	Count(ctx context.Context, after uint64, domains ...string) (uint64, error)
	// Since are the events behind a position, in order.
	Since(ctx context.Context, after uint64, domains ...string) iter.Seq2[Record, error]
	// Of are the events of the aggregates that bear an id, in order.
	Of(ctx context.Context, id string, domains ...string) ([]Record, error)
	// At is the event at a position, if it is there.
	At(ctx context.Context, position uint64) (Record, bool, error)
}

const (
	// MinLakeAge is how long an event stays in the hub at least. Ids may be a day early or late, and a day is left for clocks that
	// differ: who can still be created is never in the lake.
	MinLakeAge = 3 * lateness
	// surelyInHub is how old an event may be that no clock of ours takes for older than MinLakeAge.
	surelyInHub = lateness
)

// ErrNoLake is returned for a log of which a part is in a lake, to who was not told where that is.
var ErrNoLake = errors.New("a part of this log is in a lake, and nobody said where that is")

// noLake is the lake of who has none.
type noLake struct{}

func (noLake) Now(context.Context) (Contents, error) { return nothing{}, nil }

type nothing struct{}

func (nothing) Generation() uint64                                       { return 0 }
func (nothing) Last(...string) uint64                                    { return 0 }
func (nothing) Count(context.Context, uint64, ...string) (uint64, error) { return 0, nil }
func (nothing) Of(context.Context, string, ...string) ([]Record, error)  { return nil, nil }
func (nothing) At(context.Context, uint64) (Record, bool, error)         { return Record{}, false, nil }

func (nothing) Since(context.Context, uint64, ...string) iter.Seq2[Record, error] {
	return func(func(Record, error) bool) {}
}

// perhapsInLake reports whether an aggregate with this id can have left the hub.
func (l *Log) perhapsInLake(id string) bool {
	if !l.lake {
		return false
	}
	u, err := ulid.ParseStrict(id)
	return err != nil || l.o.Now().Sub(ulid.Time(u.Time())) > surelyInHub
}

// recent reports whether an event of that time is too young for anything behind it to have left the hub.
func (l *Log) recent(t time.Time) bool {
	age := l.o.Now().Sub(t)
	return age < surelyInHub && age > -surelyInHub
}

// inLake returns what the lake has of the aggregates that bear an id behind a position, if it can have any.
func (l *Log) inLake(ctx context.Context, id string, after uint64, domains ...string) ([]Record, error) {
	if !l.perhapsInLake(id) {
		return nil, nil
	}
	lake, err := l.o.Lake.Now(ctx)
	if err != nil {
		return nil, err
	}
	all, err := lake.Of(ctx, id, domains...)
	if err != nil {
		return nil, fmt.Errorf("%s in the lake: %w", id, err)
	}
	for len(all) > 0 && all[0].Position <= after {
		all = all[1:]
	}
	return all, nil
}

// merged puts two stretches together; what is in both is in it once.
func merged(a, b []Record) []Record {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	out := make([]Record, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].Position < b[0].Position:
			out, a = append(out, a[0]), a[1:]
		case len(a) == 0 || b[0].Position < a[0].Position:
			out, b = append(out, b[0]), b[1:]
		default:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		}
	}
	return out
}

func (l *Log) decode(r Record, read reading) Event {
	return decode(r.Position, r.Subject, r.Header, r.Data, read)
}

func domainsOf(events []proto.Message) []string {
	names := make([]string, 0, len(events))
	for _, e := range events {
		names = append(names, DomainOf(e))
	}
	return names
}

// lakeStream is where platform/lake keeps its list.
const lakeStream = "LAKE"

// findLake refuses to read a log of which a part can't be read.
func findLake(ctx context.Context, l *Log) error {
	if l.lake {
		return nil
	}
	m, err := leader.Get(ctx, l.nc, lakeStream, leader.Request{LastBySubject: ">"})
	if err == nil && m.Sequence > 0 {
		return ErrNoLake
	}
	return nil // where nobody can tell, there is no such list, or the log itself will not be reached either
}
