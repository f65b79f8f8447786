package view

import "context"

// rereads are how often a reader tries to read on connections that were all there when it began.
const rereads = 3

// onwards calls do with a database that is as far as this process has told. A new connection may lead to one that was started
// anew, from a snapshot of some time ago: what is read there would be older than what the reader was promised. It is known then,
// and told by Options.Stale.
func (v *View[D]) onwards(ctx context.Context, do func() error) error {
	told := v.position()
	for range rereads {
		made := v.o.Connections()
		if err := v.compare(ctx, made); err != nil {
			return err
		}
		err := do()
		if v.o.Connections() != made && ctx.Err() == nil {
			continue
		}
		if v.position() < told {
			v.o.Stale(ctx)
		}
		return err
	}
	v.o.Stale(ctx)
	return do()
}

// compare looks whether the database is as far as it was, where so many connections were not made yet when that was done last.
// Where it isn't, the view is what the database says, and an applier begins anew from there.
func (v *View[D]) compare(ctx context.Context, made uint64) error {
	v.mu.Lock()
	compared := v.compared == made
	v.mu.Unlock()
	if compared {
		return nil
	}
	v.looking.Lock() // what was read later is taken over later
	defer v.looking.Unlock()
	s := v.served()
	c, err := v.lease.read(ctx)
	if err != nil {
		return err
	}
	back := v.setBack(c, s)
	v.change(func() {
		v.compared = made
		if !back {
			return
		}
		if v.depose != nil {
			v.depose(errFenced)
		}
		v.resume(c.Progress)
	})
	if back {
		v.logger.WarnContext(ctx, "the database was set back", "from", s.position, "to", c.Progress.Position)
	}
	return nil
}

// setBack reports whether a checkpoint that was read after the view was as it was is behind that.
func (v *View[D]) setBack(c checkpoint, was serving) bool {
	return c.Generations.live() == was.generation && c.Progress.Position < was.position
}
