package process

import (
	"context"

	"google.golang.org/protobuf/proto"

	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/pause"
	"tiffin/platform/seal"
)

// consumer has no versions: whichever is deployed carries on what another has begun.
func (p *Processes[S, C, E]) consumer() fault.Consumer {
	return fault.Consumer{Kind: fault.Process, Owner: p.domain, Name: "processes", Version: 1}
}

func instance(id string) fault.Key { return fault.Key{Kind: fault.Instance, ID: id} }

func subjectOf(e eventlog.Event) fault.Key {
	return fault.Key{Kind: fault.Subject, ID: e.Record.Subject}
}

// pass processes what is recorded for the key, or parks it. An error says that neither was possible yet.
func (p *Processes[S, C, E]) pass(ctx context.Context, k fault.Key, r eventlog.Record, process func() error) (parked bool, err error) {
	gate := p.gate.Load()
	flowed := !gate.Closed(k)
	parked, err = gate.Pass(ctx, k, r, func() error {
		err := process()
		if fault.IsPoison(err) {
			if err := p.o.Taking("park"); err != nil {
				return err
			}
		}
		return err
	})
	if parked && flowed {
		p.logger.ErrorContext(ctx, "this can't be decided on: it and what follows for its process are parked, the rest goes on",
			"fault", fault.ID(p.consumer(), k), "position", r.Position, "subject", r.Subject)
	}
	return parked, err
}

// patiently is pass where nothing can go on before it was possible.
func (p *Processes[S, C, E]) patiently(ctx context.Context, k fault.Key, r eventlog.Record, process func() error) (parked bool, err error) {
	for wait := firstPause; ; wait = min(2*wait, lastPause) {
		if parked, err = p.pass(ctx, k, r, process); err == nil {
			return parked, nil
		}
		p.logger.WarnContext(ctx, "can't park an event yet", "position", r.Position, "error", err)
		if err := pause.For(ctx, wait); err != nil {
			return false, err
		}
	}
}

// correlate returns the id of the process that an event is for. There is none, too, where it isn't known and the event is
// parked behind its subject.
func (p *Processes[S, C, E]) correlate(ctx context.Context, e eventlog.Event) (id string, err error) {
	parked, err := p.patiently(ctx, subjectOf(e), e.Record, func() (err error) {
		id, err = p.processOf(e)
		return err
	})
	if parked {
		id = ""
	}
	return id, err
}

func (p *Processes[S, C, E]) processOf(e eventlog.Event) (id string, err error) {
	if p.d.Newer.Ignores(e) {
		return "", nil
	}
	err = fault.Catch(func() error {
		id = p.d.Correlate(e)
		return nil
	})
	if err == nil && id == "" && e.Err != nil {
		err = fault.Poisoned(e.Err)
	}
	return id, err
}

// goneBy returns the position of the last input that the process has recorded; 0 where it can't be folded.
func (p *Processes[S, C, E]) goneBy(ctx context.Context, id string) (at uint64, err error) {
	_, err = p.aggregate.Execute(ctx, id, func(s State[S]) (E, error) {
		var nothing E
		at = s.input
		return nothing, nil
	})
	if fault.IsPoison(err) {
		return 0, nil
	}
	return at, err
}

// decode reads what was parked of the log.
func (p *Processes[S, C, E]) decode(ctx context.Context, r eventlog.Record) (eventlog.Event, error) {
	var own E
	domains := append([]proto.Message{own}, p.d.Reads...)
	if r.Data == nil { // it was too long to be parked
		e, _, err := p.o.Log.At(ctx, r.Position, p.d.Personal, domains...)
		return e, err
	}
	return p.o.Log.Decode(ctx, r, eventlog.FollowOptions{Domains: domains, Personal: p.d.Personal})
}

func (p *Processes[S, C, E]) words(ctx context.Context, r eventlog.Record) ([]string, error) {
	if _, timer := p.timers.processOf(r.Subject); timer {
		return nil, nil
	}
	e, err := p.decode(ctx, r)
	if err != nil || e.Data == nil {
		return nil, err
	}
	return seal.Words(e.Data), nil
}
