package sales

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	restaurantbffv1 "tiffin/gen/tiffin/bff/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

const topItems = 10

// tally sums up the orders of a period.
type tally struct {
	sum   *restaurantbffv1.Period
	items map[string]*restaurantbffv1.ItemSales
	money func() *typev1.Money
}

func newTally(money func() *typev1.Money) tally {
	return tally{&restaurantbffv1.Period{Revenue: money()}, map[string]*restaurantbffv1.ItemSales{}, money}
}

func (t tally) add(o Document) {
	t.sum.Orders++
	t.sum.Revenue.MinorUnits += o.Subtotal
	for _, l := range o.Lines {
		item := t.items[l.ItemID]
		if item == nil {
			item = &restaurantbffv1.ItemSales{ItemId: l.ItemID, Revenue: t.money()}
			t.items[l.ItemID] = item
		}
		item.Name = l.Name
		item.Quantity += l.Quantity
		item.Revenue.MinorUnits += l.Total
	}
}

func (t tally) period() *restaurantbffv1.Period {
	items := slices.SortedFunc(maps.Values(t.items), func(a, b *restaurantbffv1.ItemSales) int {
		return cmp.Or(cmp.Compare(b.GetQuantity(), a.GetQuantity()), strings.Compare(a.GetItemId(), b.GetItemId()))
	})
	t.sum.TopItems = items[:min(len(items), topItems)]
	return t.sum
}
