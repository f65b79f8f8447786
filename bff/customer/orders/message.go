package orders

import (
	"google.golang.org/protobuf/types/known/timestamppb"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

// namesShown is how many items' names a summary lists.
const namesShown = 3

// Message is the order in full.
func (d Document) Message() *customerv1.Order {
	status := customerv1.OrderStatus(d.Status)
	m := &customerv1.Order{
		OrderId: d.OrderID, Status: status, RestaurantId: d.RestaurantID, RestaurantName: d.RestaurantName,
		RestaurantImage:    d.RestaurantImage,
		RestaurantLocation: &typev1.Location{Latitude: d.Restaurant.Latitude, Longitude: d.Restaurant.Longitude},
		Subtotal:           d.money(d.Subtotal), DeliveryFee: d.money(d.DeliveryFee), Tip: d.money(d.Tip), Total: d.money(d.Total),
		DeliveryAddress: &customerv1.DeliveryAddress{
			Line: d.Address.Text(), Latitude: d.Address.Location().GetLatitude(), Longitude: d.Address.Location().GetLongitude(),
		},
		Cancellable: status == customerv1.OrderStatus_PLACED || status == customerv1.OrderStatus_CONFIRMED,
		ReasonCode:  d.ReasonCode, Reason: d.Reason, PreparationMinutes: d.PreparationMinutes,
		PlacedAt: timestamppb.New(d.PlacedAt), ChangedAt: timestamppb.New(d.ChangedAt),
	}
	for _, l := range d.Lines {
		item := &customerv1.OrderItem{
			ItemId: l.ItemID, Name: l.Name, Image: l.Image, Quantity: l.Quantity,
			UnitPrice: d.money(l.UnitPrice), LineTotal: d.money(l.LineTotal), Note: l.Note.Text(),
		}
		for _, o := range l.Options {
			item.Options = append(item.Options, &customerv1.ChosenOption{
				OptionId: o.OptionID, GroupName: o.GroupName, Name: o.Name, PriceDifference: o.PriceDifference,
			})
		}
		m.Items = append(m.Items, item)
	}
	for _, e := range d.Timeline {
		m.Timeline = append(m.Timeline, &customerv1.TimelineEntry{
			Status: customerv1.OrderStatus(e.Status), Time: timestamppb.New(e.Time), Note: e.Note,
		})
	}
	return m
}

// Summary is the order as a history shows it.
func (d Document) Summary() *customerv1.OrderSummary {
	m := &customerv1.OrderSummary{
		OrderId: d.OrderID, RestaurantId: d.RestaurantID, RestaurantName: d.RestaurantName, RestaurantImage: d.RestaurantImage,
		Status: customerv1.OrderStatus(d.Status), Total: d.money(d.Total),
		PlacedAt: timestamppb.New(d.PlacedAt), ChangedAt: timestamppb.New(d.ChangedAt),
	}
	for _, l := range d.Lines {
		m.ItemCount += l.Quantity
		if len(m.GetItemNames()) < namesShown {
			m.ItemNames = append(m.ItemNames, l.Name)
		}
	}
	return m
}

func (d Document) money(minorUnits int64) *typev1.Money {
	return &typev1.Money{CurrencyCode: d.Currency, MinorUnits: minorUnits}
}
