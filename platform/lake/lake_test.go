package lake_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tiffin/platform/eventlog"
	"tiffin/platform/hub"
	"tiffin/platform/lake/store"
)

const day = 24 * time.Hour

// lived has orders that ended long ago, one that did not, a restaurant, and orders of today.
func lived(c *cell) (old, open, shop string) {
	shop, open = c.id(), c.id()
	c.pause(shop)
	c.append(open, placed())
	for range 20 {
		old = c.id()
		c.append(old, placed())
		c.pause(shop)
		c.append(old, confirmed())
		c.append(old, completed())
	}
	c.now = c.now.Add(30 * day)
	c.append(open, confirmed())
	for range 3 {
		id := c.id()
		c.append(id, placed())
		c.append(id, completed())
	}
	return old, open, shop
}

func TestClosedAggregatesLeaveTheHubAndTheLogReadsTheSame(t *testing.T) {
	c := newCell(t)
	_, open, shop := lived(c)
	total := uint64(len(c.all))
	require.NoError(t, c.export(-1))
	require.Equal(t, total-60, c.inHub())
	for _, after := range []uint64{0, 1, 30, 60, 81, total - 1, total} {
		require.Equal(t, c.behind(after, both...), c.follow(after, func() {}, both...))
		require.Equal(t, c.behind(after, order), c.follow(after, func() {}, order))
		require.Equal(t, c.behind(after, restaurant), c.follow(after, func() {}, restaurant))
		n, err := c.log.Behind(t.Context(), after, both...)
		require.NoError(t, err)
		require.EqualValues(t, len(c.behind(after, both...)), n)
	}
	c.append(open, completed())
	c.pause(shop)
	require.NoError(t, c.export(-1), "there is nothing to do")
	require.Equal(t, total-60+2, c.inHub())
}

func TestWhatIsInTheLakeIsFoundByPositionAndById(t *testing.T) {
	c := newCell(t)
	old, _, _ := lived(c)
	position := c.of("ordering", old)[1]
	before, found, err := c.log.At(t.Context(), position, eventlog.Closed, order)
	require.NoError(t, err)
	require.True(t, found)
	id, err := c.log.EventID(t.Context(), position)
	require.NoError(t, err)
	require.NoError(t, c.export(-1))

	after, found, err := c.log.At(t.Context(), position, eventlog.Closed, order)
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, before.Record, after.Record)
	still, err := c.log.EventID(t.Context(), position)
	require.NoError(t, err)
	require.Equal(t, id, still)
	events, err := c.log.Bearing(t.Context(), old, eventlog.Closed, order)
	require.NoError(t, err)
	require.Len(t, events, 3)
	_, found, err = c.log.At(t.Context(), uint64(len(c.all)+1), eventlog.Closed, order)
	require.NoError(t, err)
	require.False(t, found)
}

func TestTheEndOfTheLogStaysWhereItIsWhenAllOfItHasLeft(t *testing.T) {
	c := newCell(t)
	id := c.id()
	c.append(id, placed())
	c.append(id, completed())
	c.now = c.now.Add(30 * day)
	require.NoError(t, c.export(-1))
	require.Zero(t, c.inHub())
	last, err := c.log.LastPosition(t.Context(), order)
	require.NoError(t, err)
	require.EqualValues(t, 2, last)
	require.Len(t, c.follow(0, func() {}, order), 2)
	require.Len(t, c.follow(1, func() {}, order), 1)
	require.Empty(t, c.follow(2, func() {}, order))
	c.append(c.id(), placed())
	require.Len(t, c.follow(0, func() {}, order), 3)
}

// Another process may have appended to it, and that may have left as well, since it was read last.
func TestAnAggregateThatGoesOnAfterItHasLeftIsWhole(t *testing.T) {
	c := newCell(t)
	old, _, _ := lived(c)
	other := *c
	other.open()
	require.NoError(t, c.export(-1))
	c.append(old, confirmed())
	other.all = c.all
	other.append(old, completed())
	c.all = other.all
	for range 2 {
		c.now, other.now = c.now.Add(30*day), c.now.Add(30*day)
		require.NoError(t, c.export(-1))
		other.append(old, completed())
		c.all = other.all
		c.append(old, completed())
		other.all = c.all
	}
	require.Equal(t, c.behind(0, both...), c.follow(0, func() {}, both...))
}

func TestALateIdOfSomethingThatHasLeftCreatesNothing(t *testing.T) {
	c := newCell(t)
	old, _, _ := lived(c)
	require.NoError(t, c.export(-1))
	position, err := c.orders.Create(t.Context(), old, func(f facts) (e *orderEvent, err error) {
		require.Equal(t, c.of("ordering", old), f)
		return nil, nil
	})
	require.NoError(t, err)
	require.Equal(t, c.of("ordering", old)[2], position)
}

func TestWhoIsNotToldOfTheLakeIsToldThatThereIsOne(t *testing.T) {
	c := newCell(t)
	lived(c)
	_, err := eventlog.Open(t.Context(), c.nc, eventlog.Options{Keys: c.keys})
	require.NoError(t, err)
	require.NoError(t, c.export(-1))
	_, err = eventlog.Open(t.Context(), c.nc, eventlog.Options{Keys: c.keys})
	require.ErrorIs(t, err, eventlog.ErrNoLake)
}

// What Follow and Execute see is the log before any export, whenever an export is killed, whoever reads meanwhile.
func TestTheLogReadsTheSameWhateverHappens(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		server, err := hub.Start(hub.Options{Dir: t.TempDir(), LazySync: true})
		require.NoError(r, err)
		defer server.Close()
		nc, err := server.Connect()
		require.NoError(r, err)
		defer nc.Close()
		c := cellOn(t.Context(), r, nc, store.Dir(t.TempDir()))
		shop := c.id()
		c.pause(shop)
		var ids []string
		killed := func() int { return rapid.IntRange(-1, 25).Draw(r, "steps") }
		export := func() {
			if err := c.export(killed()); err != nil {
				require.ErrorIs(r, err, errKilled)
			}
		}
		r.Repeat(map[string]func(*rapid.T){
			"live": func(r *rapid.T) {
				for range rapid.IntRange(1, 8).Draw(r, "orders") {
					id := c.id()
					ids = append(ids, id)
					c.append(id, placed())
					if rapid.Bool().Draw(r, "ends") {
						c.append(id, completed())
					}
					if rapid.Bool().Draw(r, "shop") {
						c.pause(shop)
					}
				}
			},
			"go on": func(r *rapid.T) {
				if len(ids) == 0 {
					r.Skip()
				}
				e := rapid.SampledFrom([]func() *orderEvent{completed, completed, confirmed}).Draw(r, "event")
				c.append(rapid.SampledFrom(ids).Draw(r, "id"), e())
			},
			"wait":    func(r *rapid.T) { c.now = c.now.Add(time.Duration(rapid.IntRange(1, 10).Draw(r, "days")) * day) },
			"export":  func(*rapid.T) { export() },
			"restart": func(*rapid.T) { c.open() },
			"follow": func(r *rapid.T) {
				after := rapid.Uint64Range(0, uint64(len(c.all))).Draw(r, "after")
				exports := rapid.IntRange(0, 2).Draw(r, "exports")
				domains := rapid.SampledFrom([][]protoMessage{both, {order}, {restaurant}}).Draw(r, "domains")
				seen := c.follow(after, func() {
					if exports > 0 {
						exports--
						export()
					}
				}, domains...)
				require.Equal(r, c.behind(after, domains...), seen)
			},
			"": func(r *rapid.T) {
				last, err := c.log.LastPosition(c.ctx, both...)
				require.NoError(r, err)
				require.Equal(r, c.all[len(c.all)-1].position, last)
			},
		})
		require.Equal(r, c.behind(0, both...), c.follow(0, func() {}, both...))
		require.NoError(r, c.export(-1))
		require.Equal(r, c.behind(0, both...), c.follow(0, func() {}, both...))
	})
}
