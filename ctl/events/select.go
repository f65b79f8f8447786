package events

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/oklog/ulid/v2"
	"google.golang.org/protobuf/proto"

	"tiffin/ctl/facts"
	"tiffin/platform/eventlog"
)

// selection is which events are wanted; its zero value: all.
type selection struct {
	domains   []string
	types     []string
	aggregate string
	personal  bool
}

// reads are the event messages of the domains that the selection needs.
func (s selection) reads() ([]proto.Message, error) {
	if _, err := ulid.ParseStrict(s.aggregate); s.aggregate != "" && err != nil {
		return nil, fmt.Errorf("%q is no aggregate's id", s.aggregate)
	}
	wanted := slices.Clone(s.domains)
	for _, t := range s.types {
		domain, name, ok := strings.Cut(t, ".")
		if !ok || name == "" {
			return nil, fmt.Errorf("%q is no type of event: they read like ordering.OrderPlaced", t)
		}
		if len(s.domains) == 0 {
			wanted = append(wanted, domain)
		}
	}
	all := facts.Domains()
	if len(wanted) == 0 {
		return all, nil
	}
	var read []proto.Message
	for _, domain := range all {
		if slices.Contains(wanted, eventlog.DomainOf(domain)) {
			read = append(read, domain)
		}
	}
	for _, name := range wanted {
		if !slices.ContainsFunc(all, func(m proto.Message) bool { return eventlog.DomainOf(m) == name }) {
			return nil, fmt.Errorf("there is no domain %q: they are %s", name, strings.Join(domainNames(), ", "))
		}
	}
	return read, nil
}

func (s selection) openness() eventlog.Personal {
	if s.personal {
		return eventlog.Opened
	}
	return eventlog.Closed
}

func (s selection) wants(e eventlog.Event) bool {
	return (len(s.types) == 0 || slices.Contains(s.types, e.Type)) && (s.aggregate == "" || e.AggregateID == s.aggregate)
}

func domainNames() []string {
	var names []string
	for _, m := range facts.Domains() {
		names = append(names, eventlog.DomainOf(m))
	}
	slices.Sort(names)
	return names
}

// errDone ends the following of a log that would go on.
var errDone = errors.New("done")

// span is a stretch of the log: what comes behind after, up to until, inclusive.
type span struct{ after, until uint64 }

// endless is until for who waits for what comes.
const endless = math.MaxUint64

// scan calls each with every event of the span that is wanted, in order; passed says how far it has come with those that are
// read for it.
func (s selection) scan(ctx context.Context, log *eventlog.Log, in span, each func(eventlog.Event) error, passed func(uint64)) error {
	reads, err := s.reads()
	if err != nil {
		return err
	}
	// What is at the end of the span may be of another domain.
	if in.until < endless {
		last, err := log.LastPosition(ctx, reads...)
		if err != nil {
			return err
		}
		if in.until = min(in.until, last); in.until <= in.after {
			return nil
		}
	}
	count := uint64(0)
	err = log.Follow(ctx, eventlog.FollowOptions{After: in.after, Domains: reads, Personal: s.openness()},
		func(_ context.Context, b eventlog.Batch) error {
			for _, e := range b.Events {
				if e.Position > in.until {
					return errDone
				}
				count++
				if s.wants(e) {
					if err := each(e); err != nil {
						return err
					}
				}
			}
			passed(count)
			if n := len(b.Events); in.until < endless && (n > 0 && b.Events[n-1].Position >= in.until || b.Pending == 0) {
				return errDone
			}
			return nil
		})
	if errors.Is(err, errDone) {
		return nil
	}
	return err
}

// latest returns the last n events up to a position, oldest first. It looks back further and further, for nothing in the log
// tells where they begin.
func (s selection) latest(ctx context.Context, log *eventlog.Log, n int, until uint64) ([]eventlog.Event, error) {
	if s.aggregate != "" {
		return s.latestOf(ctx, log, n, until)
	}
	for window := uint64(max(n, 1)); ; window *= 4 {
		var found []eventlog.Event
		in := span{after: until - min(until, window), until: until}
		err := s.scan(ctx, log, in, func(e eventlog.Event) error {
			if found = append(found, e); len(found) > n {
				found = found[1:]
			}
			return nil
		}, func(uint64) {})
		if err != nil || len(found) == n || in.after == 0 {
			return found, err
		}
	}
}

// latestOf is latest for one aggregate, whose events are found at once.
func (s selection) latestOf(ctx context.Context, log *eventlog.Log, n int, until uint64) ([]eventlog.Event, error) {
	reads, err := s.reads()
	if err != nil {
		return nil, err
	}
	events, err := log.Bearing(ctx, s.aggregate, s.openness(), reads...)
	if err != nil {
		return nil, err
	}
	ofDomains := func(e eventlog.Event) bool {
		return slices.ContainsFunc(reads, func(m proto.Message) bool { return eventlog.DomainOf(m) == e.Domain })
	}
	events = slices.DeleteFunc(events, func(e eventlog.Event) bool { return e.Position > until || !s.wants(e) || !ofDomains(e) })
	return events[max(0, len(events)-n):], nil
}

func typeNames() []string {
	var names []string
	for _, m := range facts.Domains() {
		names = append(names, eventlog.Types(m)...)
	}
	return names
}
