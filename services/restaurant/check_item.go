package restaurant

import (
	"fmt"
	"slices"
	"strings"

	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/problem"
)

// maxPrice keeps every sum of a menu's prices far from the end of an int64.
const maxPrice = 1_000_000_000_000

func isCurrency(code string) bool {
	return len(code) == 3 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func checkPrice(field string, m *typev1.Money, currency string) error {
	switch {
	case m == nil:
		return problem.InvalidField(field, "is needed")
	case m.GetCurrencyCode() != currency:
		return problem.InvalidField(field+".currency_code", "this restaurant's prices are in %s", currency)
	case m.GetMinorUnits() < 0:
		return problem.InvalidField(field+".minor_units", "can't be negative")
	case m.GetMinorUnits() > maxPrice:
		return problem.InvalidField(field+".minor_units", "%d at most", int64(maxPrice))
	}
	return nil
}

func checkItem(item *typev1.MenuItem, currency string) error {
	if item.GetItemId() == "" {
		return problem.InvalidField("item.item_id", "is needed")
	}
	if strings.TrimSpace(item.GetName()) == "" {
		return problem.InvalidField("item.name", "is needed")
	}
	if strings.TrimSpace(item.GetSection()) == "" {
		return problem.InvalidField("item.section", "is needed")
	}
	if err := checkPrice("item.price", item.GetPrice(), currency); err != nil {
		return err
	}
	cheapest := item.GetPrice().GetMinorUnits()
	groups, options := map[string]bool{}, map[string]bool{}
	for i, g := range item.GetOptionGroups() {
		field := fmt.Sprintf("item.option_groups[%d]", i)
		if groups[g.GetGroupId()] {
			return problem.InvalidField(field+".group_id", "%s stands twice", g.GetGroupId())
		}
		groups[g.GetGroupId()] = true
		if err := checkGroup(field, g, options); err != nil {
			return err
		}
		cheapest += cheapestChoice(g)
	}
	if cheapest < 0 {
		return problem.InvalidField("item.option_groups", "some choice makes the item cost less than nothing")
	}
	return nil
}

// checkGroup also adds the group's options to those that the item has so far.
func checkGroup(field string, g *typev1.OptionGroup, options map[string]bool) error {
	least, most := g.GetMinChoices(), g.GetMaxChoices()
	switch {
	case g.GetGroupId() == "":
		return problem.InvalidField(field+".group_id", "is needed")
	case least < 0:
		return problem.InvalidField(field+".min_choices", "can't be negative")
	case most < 1 || most < least:
		return problem.InvalidField(field+".max_choices", "is at least 1, and at least min_choices")
	case int(least) > len(g.GetOptions()):
		return problem.InvalidField(field+".min_choices", "asks for more than the %d options that there are", len(g.GetOptions()))
	}
	for i, o := range g.GetOptions() {
		at := fmt.Sprintf("%s.options[%d]", field, i)
		switch {
		case o.GetOptionId() == "":
			return problem.InvalidField(at+".option_id", "is needed")
		case options[o.GetOptionId()]:
			return problem.InvalidField(at+".option_id", "%s stands twice in this item", o.GetOptionId())
		case o.GetPriceDifference() > maxPrice || o.GetPriceDifference() < -maxPrice:
			return problem.InvalidField(at+".price_difference", "%d at most, up or down", int64(maxPrice))
		}
		options[o.GetOptionId()] = true
	}
	return nil
}

// cheapestChoice is the least that an allowed choice in the group adds: the cheapest of those that must be chosen, and
// then every further one that lowers the price.
func cheapestChoice(g *typev1.OptionGroup) int64 {
	differences := make([]int64, 0, len(g.GetOptions()))
	for _, o := range g.GetOptions() {
		differences = append(differences, o.GetPriceDifference())
	}
	slices.Sort(differences)
	var sum int64
	for i, d := range differences {
		if i >= int(g.GetMinChoices()) && (d >= 0 || i >= int(g.GetMaxChoices())) {
			break
		}
		sum += d
	}
	return sum
}
