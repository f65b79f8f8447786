package view

import (
	"context"
	"errors"

	"pgregory.net/rapid"

	"tiffin/platform/fault"
)

var errCrash = errors.New("crash")

// hooked is a store in which anything may happen around every write.
type hooked struct {
	store[trail]
	w    *world
	self int
}

func (w *world) happens(self int) error {
	if w.calm {
		return nil
	}
	switch rapid.IntRange(0, 7).Draw(w.T, "happens") {
	case 7: // small numbers are drawn more often
		return errCrash
	case 0, 1, 2, 3:
		if !w.nested {
			w.nested = true
			for range rapid.IntRange(1, 3).Draw(w.T, "steps of the other") {
				w.step(1 - self)
			}
			w.nested = false
		}
	}
	return nil
}

func (h hooked) write(ctx context.Context, changes []change) error {
	if err := h.w.happens(h.self); err != nil {
		return err
	}
	if rapid.IntRange(0, 7).Draw(h.w.T, "half") == 7 {
		var some []change
		for _, c := range changes {
			if rapid.Bool().Draw(h.w.T, "written") {
				some = append(some, c)
			}
		}
		if err := h.store.write(ctx, some); err != nil {
			return err
		}
		return errCrash
	}
	if err := h.store.write(ctx, changes); err != nil {
		return err
	}
	return h.w.happens(h.self)
}

func (h hooked) move(ctx context.Context, epoch, from uint64, p progress) error {
	if err := h.w.happens(h.self); err != nil {
		return err
	}
	if err := h.store.move(ctx, epoch, from, p); err != nil {
		return err
	}
	return h.w.happens(h.self)
}

// hookedFaults is a place for faults around which anything may happen, too.
type hookedFaults struct {
	faults
	w    *world
	self int
}

func (h hookedFaults) around(do func() error) error {
	if err := h.w.happens(h.self); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	return h.w.happens(h.self)
}

func (h hookedFaults) Park(ctx context.Context, entries ...fault.Entry) error {
	for _, e := range entries {
		if err := h.around(func() error { return h.faults.Park(ctx, e) }); err != nil {
			return err
		}
	}
	return nil
}

func (h hookedFaults) Renew(ctx context.Context, e fault.Entry) error {
	return h.around(func() error { return h.faults.Renew(ctx, e) })
}

func (h hookedFaults) Drop(ctx context.Context, id string, through uint64) error {
	return h.around(func() error { return h.faults.Drop(ctx, id, through) })
}

func once(_ context.Context, _ string, do func() error) error { return do() }
