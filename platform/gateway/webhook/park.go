package webhook

import (
	"context"
	"time"

	"tiffin/platform/fault"
	"tiffin/platform/lease"
	"tiffin/platform/pause"
)

// kind is what is parked, in a word.
const kind = "webhook"

func (h *Handler) consumer() fault.Consumer {
	return fault.Consumer{Kind: fault.Gateway, Owner: h.o.Owner, Name: h.o.Name, Version: 1}
}

// subject is where messages come in, and the key of those of which it can't be told what they are about.
func (h *Handler) subject() string { return "webhooks." + h.o.Name }

// pass records the message, or parks it: one that will not be understood however often it is sent need not be sent again.
func (h *Handler) pass(ctx context.Context, id string, body []byte) (result string, err error) {
	message, unread := h.read(body)
	process := func() error {
		if unread != nil || message.Record == nil {
			return unread
		}
		return message.Record(ctx)
	}
	if h.inbox == nil {
		return recorded(fault.Catch(process))
	}
	m := fault.Incoming{ID: id, Type: kind, Subject: h.subject(), About: message.About, Body: body}
	parked, err := h.inbox.Pass(ctx, m, process)
	if parked {
		h.o.Logger.ErrorContext(ctx, "a webhook can't be processed, or stands behind one that can't: it is parked, the rest goes on",
			"gateway", h.o.Name, "webhook", id, "consumer", h.consumer().String())
		return "parked", nil
	}
	return recorded(err)
}

func recorded(err error) (string, error) {
	if err != nil {
		return "not recorded", err
	}
	return "recorded", nil
}

// read is Read, which may panic. An error is poison.
func (h *Handler) read(body []byte) (m Message, err error) {
	err = fault.Catch(func() error {
		m, err = h.o.Read(body)
		return err
	})
	if err != nil && !fault.IsPoison(err) {
		err = fault.Poisoned(err)
	}
	return m, err
}

const (
	firstPause = 50 * time.Millisecond
	lastPause  = 5 * time.Second
)

// Run processes again what is parked, when somebody asks for it, until ctx ends: on one replica at a time.
func (h *Handler) Run(ctx context.Context) error {
	if h.inbox == nil {
		<-ctx.Done()
		return ctx.Err()
	}
	forget, err := h.o.Faults.Observe(h.consumer)
	if err != nil {
		return err
	}
	defer forget()
	o := lease.Options{Bucket: h.o.Bucket, Key: h.o.Name, Silence: h.o.Silence, Logger: h.o.Logger}
	return lease.Run(ctx, o, func(ctx context.Context, _ *lease.Lease[uint64]) error {
		for wait := firstPause; ; wait = min(2*wait, lastPause) {
			err := h.inbox.Serve(ctx, h.again)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			h.o.Logger.WarnContext(ctx, "answering requests to resubmit again", "gateway", h.o.Name, "error", err)
			if err := pause.For(ctx, wait); err != nil {
				return err
			}
		}
	})
}

// again processes what is parked, perhaps once more. A dry run reads it: what our own services would say isn't known before.
func (h *Handler) again(ctx context.Context, body []byte, dryRun bool) error {
	m, err := h.read(body)
	if err != nil || dryRun || m.Record == nil {
		return err
	}
	return m.Record(ctx)
}
