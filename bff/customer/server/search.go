package server

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"tiffin/bff/customer/popularity"
	"tiffin/bff/customer/restaurants"
	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/bff"
	"tiffin/platform/geo"
	"tiffin/platform/problem"
)

const searchPage = 24

// rank is where a restaurant stands in a search: by distance, then by name, then by id.
type rank struct {
	Meters int32  `json:"m"`
	Name   string `json:"n"`
	ID     string `json:"i"`
}

func (r rank) compare(o rank) int {
	return cmp.Or(cmp.Compare(r.Meters, o.Meters), strings.Compare(r.Name, o.Name), strings.Compare(r.ID, o.ID))
}

type hit struct {
	rank
	*customerv1.RestaurantSummary
}

// SearchRestaurants is public.
func (s *Server) SearchRestaurants(ctx context.Context, r *customerv1.SearchRestaurantsRequest) (*customerv1.SearchRestaurantsResponse, error) {
	point, err := place(r.Latitude, r.Longitude)
	if err != nil {
		return nil, err
	}
	list, err := bff.ListID("restaurants", r.GetLatitude(), r.GetLongitude(), r.GetQuery(), r.GetCuisine(), r.GetOpenOnly())
	if err != nil {
		return nil, err
	}
	after, err := bff.DecodePage[rank](list, r.GetPageToken())
	if err != nil {
		return nil, err
	}
	if err := bff.Await(ctx, s.Restaurants, s.Popularity); err != nil {
		return nil, err
	}
	var at geo.Point // a nil *Location in it would not be nil
	if point != nil {
		at = point
	}
	found, err := restaurants.Search(ctx, s.Restaurants, at, r.GetQuery())
	if err != nil {
		return nil, err
	}
	all := s.hits(found, point, r.GetOpenOnly())
	out := &customerv1.SearchRestaurantsResponse{Cuisines: cuisines(all)}
	if r.GetCuisine() != "" {
		all = slices.DeleteFunc(all, func(h hit) bool { return !slices.Contains(h.Cuisines, strings.ToLower(r.GetCuisine())) })
	}
	out.TotalSize = int32(len(all))
	if after != nil {
		all = slices.DeleteFunc(all, func(h hit) bool { return h.compare(*after) <= 0 })
	}
	if size := bff.PageSize(r.GetPageSize(), searchPage); len(all) > size {
		all = all[:size]
		if out.NextPageToken, err = bff.EncodePage(list, all[size-1].rank); err != nil {
			return nil, err
		}
	}
	ids := make([]string, len(all))
	for i, h := range all {
		ids[i] = h.ID
	}
	counts, err := popularity.Orders(ctx, s.Popularity, ids...)
	if err != nil {
		return nil, err
	}
	for _, h := range all {
		h.OrderCount = counts[h.ID]
		out.Restaurants = append(out.Restaurants, h.RestaurantSummary)
	}
	return out, nil
}

func (s *Server) hits(found []restaurants.Document, point *typev1.Location, openOnly bool) []hit {
	now := s.Now()
	var all []hit
	for _, d := range found {
		summary := summarize(d.Restaurant, point, now)
		if openOnly && !summary.GetOpenNow() {
			continue
		}
		all = append(all, hit{rank{summary.GetDistanceMeters(), restaurants.Fold(d.Name), d.RestaurantID}, summary})
	}
	slices.SortFunc(all, func(a, b hit) int { return a.compare(b.rank) })
	return all
}

func cuisines(hits []hit) []*customerv1.CuisineCount {
	counts := map[string]int32{}
	for _, h := range hits {
		for _, c := range h.Cuisines {
			counts[c]++
		}
	}
	var out []*customerv1.CuisineCount
	for cuisine, n := range counts {
		out = append(out, &customerv1.CuisineCount{Cuisine: cuisine, Restaurants: n})
	}
	slices.SortFunc(out, func(a, b *customerv1.CuisineCount) int {
		return cmp.Or(cmp.Compare(b.GetRestaurants(), a.GetRestaurants()), strings.Compare(a.GetCuisine(), b.GetCuisine()))
	})
	return out
}

// place is the point of a request, or nil where it has none.
func place(latitude, longitude *float64) (*typev1.Location, error) {
	switch {
	case latitude == nil && longitude == nil:
		return nil, nil
	case latitude == nil:
		return nil, problem.InvalidField("latitude", "is needed where there is a longitude")
	case longitude == nil:
		return nil, problem.InvalidField("longitude", "is needed where there is a latitude")
	default:
		return &typev1.Location{Latitude: *latitude, Longitude: *longitude}, nil
	}
}
