package view

import (
	"context"
	"errors"
	"maps"

	"tiffin/platform/fault"
)

// refolding makes documents anew from the log: after it has become known that events concern them which they went past, those
// of subjects that stood behind a fault in routing, or because somebody wants it. The subjects stay parked until all documents
// are written.
type refolding[D any] struct {
	a    *applier[D]
	asks []string
	// spans are what was parked for the subjects when it began, left what of it still can't be routed, and of how many.
	spans map[string]Span
	left  map[string][]fault.Entry
	of    map[string]int
	lanes map[string]*lane[D]
	// held are all subjects that were parked when it began: their events are left out.
	held *subjects
	// through is how far the log was read.
	through uint64
	changed []string
	// told is shown each event that is read; nil: nobody wants to know.
	told func(*Event)
}

// errOvertaken: what is parked for the subjects has changed meanwhile; it is to be begun anew.
var errOvertaken = errors.New("more was parked meanwhile")

func newRefolding[D any](a *applier[D], subjects []string) *refolding[D] {
	return &refolding[D]{
		a: a, asks: subjects, spans: map[string]Span{}, left: map[string][]fault.Entry{}, of: map[string]int{},
		lanes: map[string]*lane[D]{},
	}
}

// begin finds the documents that the parked events concern.
func (r *refolding[D]) begin(ctx context.Context) error {
	now := subjectsOf(r.a.at)
	r.held = subjectsOf(r.a.at)
	for _, subject := range r.asks {
		span, ok := now.span(subject)
		if !ok {
			continue
		}
		key := fault.Key{Kind: fault.Subject, ID: subject}
		events, err := r.a.sequence(ctx, key, span, func(e *Event) bool { return subjectOf(e) == subject })
		if err != nil {
			return err
		}
		r.spans[subject], r.of[subject] = span, len(events)
		for _, e := range events {
			r.routeAgain(subject, e)
		}
	}
	return nil
}

func (r *refolding[D]) routeAgain(subject string, e *Event) {
	if len(r.left[subject]) > 0 {
		r.left[subject] = append(r.left[subject], r.a.behind(e))
		return
	}
	ids, err := r.a.spec.route(e)
	if err != nil {
		r.left[subject] = []fault.Entry{r.a.unroutable(e, err)}
		return
	}
	r.concern(ids)
}

// concern has the documents made anew.
func (r *refolding[D]) concern(ids []string) {
	for _, id := range ids {
		r.lanes[id] = &lane[D]{id: id}
		r.lanes[id].start()
	}
}

// outcome of a subject.
func (r *refolding[D]) outcome(subject string) fault.Outcome {
	return outcome(r.left[subject], r.of[subject])
}

// after are the subjects as they are parked once this is done.
func (r *refolding[D]) after(now progress) *subjects {
	s := subjectsOf(now)
	for subject, span := range r.spans {
		if left := r.left[subject]; len(left) > 0 {
			s.set(subject, &Span{left[0].Event.Position, span.To})
			continue
		}
		s.set(subject, nil)
	}
	return s
}

// read folds the log into the documents, on from where it was read before.
func (r *refolding[D]) read(ctx context.Context, now progress) error {
	held, from, todo := r.after(now), r.through, r.lanes
	for len(todo) > 0 {
		err := r.a.scan(ctx, from, now.Position, func(e *Event) {
			if r.told != nil {
				r.told(e)
			}
			if held.hold(e) {
				return
			}
			ids, err := r.a.spec.route(e)
			if err != nil { // one that is parked, and not yet known to be
				return
			}
			for _, id := range ids {
				if l := todo[id]; l != nil {
					l.take(r.a.consumer, e, r.a.spec.apply)
				}
			}
		})
		if err != nil {
			return err
		}
		if todo, err = again(todo); err != nil {
			return err
		}
		from = 0
	}
	r.through = now.Position
	return nil
}

// again returns the lanes in which an event can't be applied that was thought to be, ready to be folded from the beginning.
func again[D any](lanes map[string]*lane[D]) (map[string]*lane[D], error) {
	out := map[string]*lane[D]{}
	for id, l := range lanes {
		done, err := l.finish()
		if err != nil {
			return nil, err
		}
		if !done {
			out[id] = l
			l.document = nil
			l.start()
		}
	}
	return out, nil
}

// finish reads what has been appended meanwhile, and writes everything down. Nothing else is applied until it returns.
func (r *refolding[D]) finish(ctx context.Context) error {
	now := subjectsOf(r.a.at)
	for subject, span := range r.spans {
		if there, _ := now.span(subject); there != span {
			return errOvertaken
		}
	}
	for _, held := range r.held.list { // others may have been put right meanwhile: what was left out belongs in now
		if there, parked := now.span(held.Subject); !parked || there.From != held.From {
			return errOvertaken
		}
	}
	if err := r.read(ctx, r.a.at); err != nil {
		return err
	}
	changes, parked, err := r.changes(ctx)
	if err != nil {
		return err
	}
	for _, l := range r.lanes {
		if err := r.a.parkAgain(ctx, l.parked); err != nil {
			return err
		}
	}
	for _, left := range r.left {
		if err := r.a.parkAgain(ctx, left); err != nil {
			return err
		}
	}
	err = r.a.retry(ctx, "write documents", func() error { return r.a.store.write(ctx, changes) })
	if errors.Is(err, errConflict) {
		return errOvertaken
	}
	if err != nil {
		return err
	}
	next := r.a.at
	next.Subjects = r.after(r.a.at).list
	if err := r.a.move(ctx, next, parked); err != nil {
		return err
	}
	return r.drop(ctx)
}

// changes are the documents as they are to be written over what is stored now.
func (r *refolding[D]) changes(ctx context.Context) ([]change, map[string]bool, error) {
	var stored []*lane[D]
	for id := range r.lanes {
		stored = append(stored, &lane[D]{id: id})
	}
	if err := r.a.load(ctx, stored); err != nil {
		return nil, nil, err
	}
	var changes []change
	parked := maps.Clone(r.a.parked)
	for _, s := range stored {
		l := r.lanes[s.id]
		if l.document.Position == 0 && l.document.Parked == nil {
			continue // nothing concerns it, after all
		}
		if s.document != nil {
			l.document.Refolded = s.document.Refolded + 1
		}
		raw, err := marshal(l.document)
		if err != nil {
			return nil, nil, err
		}
		changes = append(changes, change{id: s.id, was: s.was, raw: raw})
		parked = with(parked, s.id, l.document.Parked != nil)
		r.changed = append(r.changed, s.id)
	}
	return changes, parked, nil
}

// drop forgets what is no longer parked.
func (r *refolding[D]) drop(ctx context.Context) error {
	through := func(key fault.Key, left []fault.Entry) error {
		if len(left) > 0 {
			return r.a.drop(ctx, key, left[0].Event.Position-1)
		}
		return r.a.drop(ctx, key, r.a.at.Position)
	}
	for _, subject := range r.asks { // what nothing stands behind was left over
		if err := through(fault.Key{Kind: fault.Subject, ID: subject}, r.left[subject]); err != nil {
			return err
		}
	}
	for id, l := range r.lanes {
		if err := through(fault.Key{Kind: fault.Document, ID: id}, l.parked); err != nil {
			return err
		}
	}
	return nil
}
