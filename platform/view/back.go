package view

import "context"

// reads are how often a reader reads at most, to do so on connections that were all there when it began.
const reads = 2

// onwards calls do with a database that is as far as this process has told. A new connection may lead to one that was started
// anew, from a snapshot of some time ago: what is read there would be older than what readers were promised. It is known then,
// and told by Options.Stale until the view is as far as it was.
func (v *View[D]) onwards(ctx context.Context, do func() error) error {
	var err error
	for range reads {
		made := v.o.Connections()
		if err := v.compare(ctx, made); err != nil {
			return err
		}
		if err = do(); v.o.Connections() == made || ctx.Err() != nil {
			break
		}
	}
	// A pool that grows makes connections, too: what was read is as good as the database is now.
	if err := v.compare(ctx, v.o.Connections()); err != nil {
		return err
	}
	if v.behind() {
		v.o.Stale(ctx)
	}
	return err
}

// behind reports whether the view is not as far as this process has ever told that it is.
func (v *View[D]) behind() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.at.Position < v.owed
}

// compare looks whether the database is as far as it was, where so many connections were not made yet when that was done last.
// Where it isn't, the view is what the database says, and an applier begins anew from there.
func (v *View[D]) compare(ctx context.Context, made uint64) error {
	if v.hasCompared(made) {
		return nil
	}
	v.looking.Lock() // what was read later is taken over later
	defer v.looking.Unlock()
	if v.hasCompared(made) { // another reader has, meanwhile
		return nil
	}
	s := v.served()
	c, err := v.lease.read(ctx)
	if err != nil {
		return err
	}
	back := v.setBack(c, s)
	v.change(func() {
		v.compared = max(v.compared, made)
		if !back {
			return
		}
		if v.depose != nil {
			v.depose(errFenced)
		}
		v.show(c.Generations.live())
		v.resume(c.Progress)
	})
	if back {
		v.logger.WarnContext(ctx, "the database was set back", "from", s.position, "to", c.Progress.Position)
	}
	return nil
}

func (v *View[D]) hasCompared(made uint64) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.compared >= made
}

// setBack reports whether a checkpoint that was read after the view was as it was is behind that. No generation that is served
// next is behind the one before.
func (v *View[D]) setBack(c checkpoint, was serving) bool {
	return c.Progress.Position < was.position
}
