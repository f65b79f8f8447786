package pickups_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/timestamppb"

	"tiffin/bff/courier/pickups"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	"tiffin/platform/view"
	"tiffin/platform/view/viewtest"
)

func TestNoEventIsForgotten(t *testing.T) { viewtest.Covers(t, pickups.Spec()) }

func TestFoodIsPromisedDelayedReadyAndGone(t *testing.T) {
	noon := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	var d pickups.Document
	apply := func(event *kitchenv1.TicketEvent) view.Verdict { return pickups.Apply(&d, view.Event{Data: event}) }
	require.Equal(t, view.Keep, apply(&kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketAccepted{
		TicketAccepted: &kitchenv1.TicketAccepted{ReadyAt: timestamppb.New(noon)},
	}}))
	require.Equal(t, pickups.Document{ReadyAt: noon}, d)
	later := noon.Add(10 * time.Minute)
	require.Equal(t, view.Keep, apply(&kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketDelayed{
		TicketDelayed: &kitchenv1.TicketDelayed{ReadyAt: timestamppb.New(later)},
	}}))
	require.Equal(t, pickups.Document{ReadyAt: later}, d)
	require.Equal(t, view.Keep, apply(&kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketReady{TicketReady: &kitchenv1.TicketReady{}}}))
	require.Equal(t, pickups.Document{ReadyAt: later, Ready: true}, d)
	require.Equal(t, view.Delete, apply(&kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketHandedOver{TicketHandedOver: &kitchenv1.TicketHandedOver{}}}))
	require.Equal(t, view.Delete, apply(&kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketCancelled{TicketCancelled: &kitchenv1.TicketCancelled{}}}))
}
