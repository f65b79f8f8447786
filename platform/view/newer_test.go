package view

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"

	"tiffin/platform/eventlog"
)

// While two versions run side by side, the older one meets what the newer one appends.
func TestANewerEventIsPassedOverWhereThatIsThePolicy(t *testing.T) {
	for name, c := range map[string]struct {
		policy eventlog.Newer
		goesOn bool
	}{"ignored": {eventlog.IgnoreNewer, true}, "held": {eventlog.HoldNewer, false}} {
		t.Run(name, func(t *testing.T) {
			cell, id := newCell(t), ulid.Make().String()
			cell.append(t.Context(), id, cancelled("r", "before"))
			_, err := cell.nc.RequestMsg(&nats.Msg{Subject: "evt.ordering." + id, Data: []byte{0xf2, 0x3f, 0}, Header: nats.Header{
				"ce-id": {ulid.Make().String()}, "ce-type": {"ordering.OrderTeleported"}, "ce-time": {"2030-01-02T03:04:05Z"},
			}}, time.Minute)
			require.NoError(t, err)
			last := cell.append(t.Context(), ulid.Make().String(), cancelled("r", "after"))
			spec := trails("trails", &release{})
			spec.Newer = c.policy
			v, err := New(cell.log, cell.db, spec, Options{BFF: "customer", Logger: slog.New(slog.DiscardHandler)})
			require.NoError(t, err)
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan error, 1)
			go func() { ended <- v.Run(ctx) }()
			until(t, v, "come to the end or to the event", func(s Status) bool {
				return s.Position == last || strings.Contains(s.Blocked, eventlog.ErrNewer.Error())
			})
			if c.goesOn {
				requireCurrent(t, v, last)
				d, at, found, err := v.Get(t.Context(), "r")
				require.NoError(t, err)
				require.True(t, found)
				require.Equal(t, last, at)
				require.Len(t, d.Trail, 2)
			} else {
				require.EqualValues(t, 1, v.Status().Position)
			}
			stop()
			require.ErrorIs(t, <-ended, context.Canceled)
		})
	}
}
