package ordering

import (
	"fmt"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/problem"
)

const (
	maxLines    = 50
	maxQuantity = 99
)

// lines returns what is ordered as the menu offers it now, and what that costs together.
func (m Menu) lines(c *orderingv1.PlaceOrderRequest) (lines []*orderingv1.OrderLine, subtotal int64, err error) {
	if n := len(c.GetItems()); n < 1 || n > maxLines {
		return nil, 0, problem.InvalidField("items", "1 to %d items can be ordered at once", maxLines)
	}
	for i, ordered := range c.GetItems() {
		line, err := m.line(fmt.Sprintf("items[%d]", i), ordered)
		if err != nil {
			return nil, 0, err
		}
		if subtotal, err = add(subtotal, line.GetLineTotal().GetMinorUnits()); err != nil {
			return nil, 0, err
		}
		if ordered.GetNote() != "" {
			line.Note = &typev1.Personal{PersonId: c.GetCustomerId(), Data: &typev1.PersonalData{Text: ordered.GetNote()}}
		}
		lines = append(lines, line)
	}
	return lines, subtotal, nil
}

func (m Menu) line(field string, ordered *orderingv1.OrderedItem) (*orderingv1.OrderLine, error) {
	item, ok := m.Items[ordered.GetItemId()]
	if !ok {
		return nil, problem.Refuse("ITEM_NOT_FOUND", "something in this order is not on the menu any more").
			With("item_id", ordered.GetItemId())
	}
	if m.SoldOut[item.GetItemId()] {
		return nil, problem.Refuse("ITEM_SOLD_OUT", "%s is sold out", item.GetName()).With("item_id", item.GetItemId())
	}
	if q := ordered.GetQuantity(); q < 1 || q > maxQuantity {
		return nil, problem.InvalidField(field+".quantity", "1 to %d", maxQuantity)
	}
	options, err := choose(field, item, ordered.GetOptionIds())
	if err != nil {
		return nil, err
	}
	unit := item.GetPrice().GetMinorUnits()
	for _, o := range options {
		if unit, err = add(unit, o.GetPriceDifference()); err != nil {
			return nil, err
		}
	}
	if unit < 0 {
		return nil, fmt.Errorf("ordering: item %s costs %d with these options: the menu is wrong", item.GetItemId(), unit)
	}
	total, err := times(unit, ordered.GetQuantity())
	if err != nil {
		return nil, err
	}
	return &orderingv1.OrderLine{
		ItemId: item.GetItemId(), Name: item.GetName(), Image: item.GetImage(), Quantity: ordered.GetQuantity(),
		Options: options, UnitPrice: money(m.Currency, unit), LineTotal: money(m.Currency, total),
	}, nil
}

// choose returns the options of those ids, in the order of the menu.
func choose(field string, item *typev1.MenuItem, ids []string) ([]*orderingv1.ChosenOption, error) {
	offered, wanted := optionsOf(item), make(map[string]bool, len(ids))
	for i, id := range ids {
		if wanted[id] {
			return nil, problem.InvalidField(fmt.Sprintf("%s.option_ids[%d]", field, i), "%s is chosen twice", id)
		}
		if !offered[id] {
			return nil, problem.Refuse("OPTION_NOT_FOUND", "%s is not offered with one of these options any more", item.GetName()).
				With("item_id", item.GetItemId()).With("option_id", id)
		}
		wanted[id] = true
	}
	var chosen []*orderingv1.ChosenOption
	for _, g := range item.GetOptionGroups() {
		before := len(chosen)
		for _, o := range g.GetOptions() {
			if wanted[o.GetOptionId()] {
				chosen = append(chosen, &orderingv1.ChosenOption{
					OptionId: o.GetOptionId(), GroupName: g.GetName(), Name: o.GetName(), PriceDifference: o.GetPriceDifference(),
				})
			}
		}
		switch n := len(chosen) - before; {
		case n < int(g.GetMinChoices()):
			return nil, problem.Refuse("CHOICES_MISSING", "%s: %s needs %d to be chosen, not %d",
				item.GetName(), g.GetName(), g.GetMinChoices(), n).With("item_id", item.GetItemId()).With("group_id", g.GetGroupId())
		case n > int(g.GetMaxChoices()):
			return nil, problem.Refuse("TOO_MANY_CHOICES", "%s: %s allows %d to be chosen, not %d",
				item.GetName(), g.GetName(), g.GetMaxChoices(), n).With("item_id", item.GetItemId()).With("group_id", g.GetGroupId())
		}
	}
	return chosen, nil
}

// optionsOf are the ids of all options of the item.
func optionsOf(item *typev1.MenuItem) map[string]bool {
	ids := map[string]bool{}
	for _, g := range item.GetOptionGroups() {
		for _, o := range g.GetOptions() {
			ids[o.GetOptionId()] = true
		}
	}
	return ids
}
