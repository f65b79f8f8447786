package server

import (
	"context"
	"time"

	"tiffin/bff/courier/deliveries"
	courierapi "tiffin/gen/tiffin/bff/courier/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/bff"
	"tiffin/platform/problem"
)

const weekDays = 7

// GetEarnings sums up one week of the caller's.
func (s *Server) GetEarnings(ctx context.Context, r *courierapi.GetEarningsRequest) (*courierapi.Earnings, error) {
	if err := must(ctx, r.GetCourierId()); err != nil {
		return nil, err
	}
	within, err := s.clock(r.GetTimeZone())
	if err != nil {
		return nil, err
	}
	if r.GetDate() != "" {
		if within, err = time.ParseInLocation(time.DateOnly, r.GetDate(), within.Location()); err != nil {
			return nil, problem.InvalidField("date", "is not a day such as 2026-11-24")
		}
	}
	if err := bff.Await(ctx, s.Deliveries); err != nil {
		return nil, err
	}
	year, month, day := within.Date()
	day -= (int(within.Weekday()) + weekDays - 1) % weekDays // back to Monday
	out := &courierapi.Earnings{}
	starts := make([]time.Time, weekDays+1) // by the calendar, for not every day has 24 hours
	for i := range starts {
		starts[i] = time.Date(year, month, day+i, 0, 0, 0, 0, within.Location())
		if i < weekDays {
			out.Days = append(out.Days, &courierapi.EarningsDay{Date: starts[i].Format(time.DateOnly)})
		}
	}
	found, err := deliveries.Brought(ctx, s.Deliveries, r.GetCourierId(), starts[0], starts[weekDays])
	if err != nil {
		return nil, err
	}
	at := 0
	for _, d := range found {
		for !d.FinishedAt.Before(starts[at+1]) {
			at++
		}
		out.Days[at].Earned = plus(out.GetDays()[at].GetEarned(), d)
		out.Days[at].Delivered++
		out.Total = plus(out.GetTotal(), d)
		out.Delivered++
	}
	return out, nil
}

// plus adds up minor units. A cell is one market, with one currency.
func plus(sum *typev1.Money, d deliveries.Document) *typev1.Money {
	return &typev1.Money{CurrencyCode: d.Currency, MinorUnits: sum.GetMinorUnits() + d.Earned}
}
