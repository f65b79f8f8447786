package menu

import (
	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

// Sections are the menu under its headings, which stand in the order of their first item.
func (d Document) Sections() []*customerv1.MenuSection {
	var sections []*customerv1.MenuSection
	byName := map[string]*customerv1.MenuSection{}
	for _, item := range d.Items {
		section := byName[item.Section]
		if section == nil {
			section = &customerv1.MenuSection{Name: item.Section}
			byName[item.Section] = section
			sections = append(sections, section)
		}
		section.Items = append(section.Items, &customerv1.OfferedItem{Item: item.message(), SoldOut: item.SoldOut})
	}
	return sections
}

func (i Item) message() *typev1.MenuItem {
	m := &typev1.MenuItem{
		ItemId: i.ItemID, Name: i.Name, Description: i.Description, Section: i.Section, Rank: i.Rank,
		Price: &typev1.Money{CurrencyCode: i.Currency, MinorUnits: i.Price}, Image: i.Image,
		Vegetarian: i.Vegetarian, Vegan: i.Vegan, Spiciness: i.Spiciness,
	}
	for _, a := range i.Allergens {
		m.Allergens = append(m.Allergens, typev1.Allergen(a))
	}
	for _, g := range i.Groups {
		group := &typev1.OptionGroup{GroupId: g.GroupID, Name: g.Name, MinChoices: g.Min, MaxChoices: g.Max}
		for _, o := range g.Options {
			group.Options = append(group.Options,
				&typev1.Option{OptionId: o.OptionID, Name: o.Name, PriceDifference: o.PriceDifference})
		}
		m.OptionGroups = append(m.OptionGroups, group)
	}
	return m
}
