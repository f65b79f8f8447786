package lake_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/lake/store"
	"tiffin/platform/seal"
)

const street = "7 Lantern Lane"

// The files are compressed, so all that they hold is read, rather than their bytes.
func TestWhoIsErasedIsNotInTheLakeEither(t *testing.T) {
	nc := hubtest.Connect(t)
	keys, err := seal.NewKeys(t.Context(), nc, 1)
	require.NoError(t, err)
	c := &cell{t: t, ctx: t.Context(), nc: nc, dir: store.Dir(t.TempDir()), keys: keys, now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	c.open()
	person, id := c.id(), c.id()
	c.append(id, &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{
		CustomerId: person, DeliveryAddress: &typev1.Personal{PersonId: person, Data: &typev1.PersonalData{Text: street}},
	}}})
	c.append(id, completed())
	c.now = c.now.Add(30 * day)
	require.NoError(t, c.export(-1))
	require.Zero(t, c.inHub())
	require.Equal(t, street, c.address(id))

	list, err := c.lake.Manifest.Now(t.Context())
	require.NoError(t, err)
	for _, e := range list.Exports {
		for _, s := range e.Segments {
			records, err := c.lake.Verify(t.Context(), s)
			require.NoError(t, err)
			for _, r := range records {
				require.NotContains(t, string(r.Data), street)
				for _, values := range r.Header {
					require.NotContains(t, strings.Join(values, " "), street)
				}
			}
		}
	}
	require.NoError(t, keys.Destroy(t.Context(), person))
	require.Empty(t, c.address(id))
}

// address is where the order is to be brought, as whoever follows the log is shown it.
func (c *cell) address(id string) (text string) {
	err := c.log.Follow(c.ctx, eventlog.FollowOptions{Domains: both}, func(_ context.Context, b eventlog.Batch) error {
		for _, e := range b.Events {
			if p := e.Data.(*orderingv1.OrderEvent).GetOrderPlaced(); p != nil && e.AggregateID == id { //nolint:forcetypeassert // no other is appended
				text = p.GetDeliveryAddress().GetData().GetText()
			}
		}
		if b.Pending == 0 {
			return errCaughtUp
		}
		return nil
	})
	require.ErrorIs(c.t, err, errCaughtUp)
	return text
}
