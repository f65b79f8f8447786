package city

import (
	"context"
	"time"

	"tiffin/bench/city/api"
	"tiffin/bench/city/books"
)

// plan is what a kitchen does with one ticket, all of it decided at once: so it is the same when it is begun in the middle.
type plan struct {
	thinks, waits, cooks, late               time.Duration
	silent, rejects, soldOut, forgets, delay bool
	missing                                  int
}

func (k *kitchen) plan(ticketID string) plan {
	d, h := newDice(k.o.Seed, "kitchen", lot(ticketID)), k.o.Habits
	return plan{
		silent: d.does(h.Silent), rejects: d.does(h.Rejects), soldOut: d.does(h.SoldOut), forgets: d.does(h.Forgets), delay: d.does(h.Delays),
		thinks: d.between(4*time.Second, 25*time.Second), waits: d.between(3*time.Second, 15*time.Second),
		cooks: d.between(90*time.Second, 4*time.Minute), late: d.between(time.Minute, 2*time.Minute), missing: d.IntN(1 << 20),
	}
}

// atLeast is the shortest time that a kitchen may say that it takes, by the clock on the wall.
const atLeast = time.Minute

// says is how long it takes, as the system is told.
func (k *kitchen) says(in time.Duration) map[string]string {
	return map[string]string{"ready_in": api.Duration(max(atLeast, k.o.after(in)).Seconds())}
}

// make makes what the ticket says, from where it stands.
func (k *kitchen) make(ctx context.Context, t api.Ticket) error {
	p := k.plan(t.ID)
	switch t.Status {
	case "OPENED":
		if p.silent {
			return nil
		}
		if err := api.Pause(ctx, k.o.after(p.thinks)); err != nil {
			return err
		}
		if p.rejects || p.soldOut {
			return k.reject(ctx, t, p)
		}
		if err := k.ticket(ctx, t.ID, "accept", k.says(p.cooks)); err != nil {
			return err
		}
		k.o.Book.Reached(t.ID, books.Accepted)
		fallthrough
	case "ACCEPTED":
		if err := api.Pause(ctx, k.o.after(p.waits)); err != nil || p.forgets {
			return err
		}
		if err := k.ticket(ctx, t.ID, "start", nil); err != nil {
			return err
		}
		fallthrough
	case "STARTED":
		return k.finish(ctx, t.ID, p)
	}
	return nil
}

func (k *kitchen) finish(ctx context.Context, id string, p plan) error {
	if err := api.Pause(ctx, k.o.after(p.cooks)); err != nil {
		return err
	}
	if p.delay {
		// Refused where the time that was said is later all the same.
		if err := k.ticket(ctx, id, "delay", k.says(p.late+2*atLeast)); err != nil && api.Code(err) == "" {
			return err
		}
		if err := api.Pause(ctx, k.o.after(p.late)); err != nil {
			return err
		}
	}
	if err := k.ticket(ctx, id, "ready", nil); err != nil {
		return err
	}
	k.o.Book.Reached(id, books.Ready)
	return nil
}

func (k *kitchen) reject(ctx context.Context, t api.Ticket, p plan) error {
	said := map[string]any{"reason_code": "TOO_BUSY", "reason": "We can't keep up at the moment, sorry."}
	if p.soldOut && len(t.Lines) > 0 {
		missing := t.Lines[p.missing%len(t.Lines)].ItemID
		if err := k.item(ctx, missing, ":soldOut"); err != nil && api.Code(err) == "" {
			return err
		}
		said = map[string]any{"reason_code": "ITEMS_SOLD_OUT", "reason": "The last one has just gone.", "sold_out_item_ids": []string{missing}}
	}
	return k.ticket(ctx, t.ID, "reject", said)
}
