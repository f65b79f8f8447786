package server

import (
	"context"

	restaurantbffv1 "tiffin/gen/tiffin/bff/restaurant/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/bff"
	"tiffin/platform/problem"
)

// manage is what all commands on the restaurant have in common.
func manage(ctx context.Context, restaurantID string, command func() (positioned, error)) error {
	if err := allowed(ctx, restaurantID); err != nil {
		return err
	}
	done, err := command()
	if err != nil {
		return err
	}
	return bff.Accepted(ctx, &restaurantv1.RestaurantEvent{}, done.GetPosition())
}

// OpenRestaurant lets it take orders.
func (s *Server) OpenRestaurant(
	ctx context.Context, r *restaurantbffv1.OpenRestaurantRequest,
) (*restaurantbffv1.OpenRestaurantResponse, error) {
	return &restaurantbffv1.OpenRestaurantResponse{RestaurantId: r.GetRestaurantId()}, manage(ctx, r.GetRestaurantId(), func() (positioned, error) {
		return s.Restaurants.OpenRestaurant(ctx, &restaurantv1.OpenRestaurantRequest{RestaurantId: r.GetRestaurantId()})
	})
}

// PauseRestaurant stops it from taking orders.
func (s *Server) PauseRestaurant(
	ctx context.Context, r *restaurantbffv1.PauseRestaurantRequest,
) (*restaurantbffv1.PauseRestaurantResponse, error) {
	return &restaurantbffv1.PauseRestaurantResponse{RestaurantId: r.GetRestaurantId()}, manage(ctx, r.GetRestaurantId(), func() (positioned, error) {
		return s.Restaurants.PauseRestaurant(ctx, &restaurantv1.PauseRestaurantRequest{
			RestaurantId: r.GetRestaurantId(), Reason: r.GetReason(),
		})
	})
}

// PutMenuItem adds or replaces an item. The path says which; a body that says another one is refused.
func (s *Server) PutMenuItem(ctx context.Context, r *restaurantbffv1.PutMenuItemRequest) (*restaurantbffv1.PutMenuItemResponse, error) {
	return &restaurantbffv1.PutMenuItemResponse{ItemId: r.GetItemId()}, manage(ctx, r.GetRestaurantId(), func() (positioned, error) {
		item := r.GetItem()
		if item == nil {
			item = &typev1.MenuItem{}
		}
		switch item.GetItemId() {
		case "", r.GetItemId():
			item.ItemId = r.GetItemId()
		default:
			return nil, problem.InvalidField("item_id", "is not the one in the path")
		}
		return s.Restaurants.PutMenuItem(ctx, &restaurantv1.PutMenuItemRequest{RestaurantId: r.GetRestaurantId(), Item: item})
	})
}

// DeleteMenuItem takes an item off the menu.
func (s *Server) DeleteMenuItem(
	ctx context.Context, r *restaurantbffv1.DeleteMenuItemRequest,
) (*restaurantbffv1.DeleteMenuItemResponse, error) {
	return &restaurantbffv1.DeleteMenuItemResponse{ItemId: r.GetItemId()}, manage(ctx, r.GetRestaurantId(), func() (positioned, error) {
		return s.Restaurants.RemoveMenuItem(ctx, &restaurantv1.RemoveMenuItemRequest{
			RestaurantId: r.GetRestaurantId(), ItemId: r.GetItemId(),
		})
	})
}

// MarkSoldOut says that an item can't be ordered until it is back.
func (s *Server) MarkSoldOut(ctx context.Context, r *restaurantbffv1.MarkSoldOutRequest) (*restaurantbffv1.MarkSoldOutResponse, error) {
	return &restaurantbffv1.MarkSoldOutResponse{ItemId: r.GetItemId()}, manage(ctx, r.GetRestaurantId(), func() (positioned, error) {
		return s.Restaurants.MarkSoldOut(ctx, &restaurantv1.MarkSoldOutRequest{RestaurantId: r.GetRestaurantId(), ItemId: r.GetItemId()})
	})
}

// MarkBack says that a sold-out item can be ordered again.
func (s *Server) MarkBack(ctx context.Context, r *restaurantbffv1.MarkBackRequest) (*restaurantbffv1.MarkBackResponse, error) {
	return &restaurantbffv1.MarkBackResponse{ItemId: r.GetItemId()}, manage(ctx, r.GetRestaurantId(), func() (positioned, error) {
		return s.Restaurants.MarkBack(ctx, &restaurantv1.MarkBackRequest{RestaurantId: r.GetRestaurantId(), ItemId: r.GetItemId()})
	})
}
