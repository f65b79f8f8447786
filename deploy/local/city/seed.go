package city

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/problem"
	"tiffin/platform/rpc"
)

// atOnce bounds how many restaurants join at the same time; the commands on one of them follow each other.
const atOnce = 4

// Seed has the city's couriers and restaurants join, by the commands that everybody has, on a connection to their services.
// Every command carries an id that is the same on every call, so that a call that was cut short is simply repeated. progress
// may be nil; it is told how many of the restaurants are there, by one goroutine at a time.
func Seed(ctx context.Context, conn grpc.ClientConnInterface, plan Plan, progress func(done, total int)) error {
	client := restaurantv1.NewRestaurantServiceClient(conn)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	var mu sync.Mutex
	done := 0
	group.Go(func() error { return hire(ctx, courierv1.NewCourierServiceClient(conn), plan.Couriers) })
	for _, r := range plan.Restaurants {
		group.Go(func() error {
			if err := join(ctx, client, r); err != nil {
				return fmt.Errorf("seed %s: %w", r.Profile.GetName(), err)
			}
			mu.Lock()
			defer mu.Unlock()
			done++
			if progress != nil {
				progress(done, len(plan.Restaurants))
			}
			return nil
		})
	}
	return group.Wait()
}

// tooOld is what a service says of an id that is a day old and that its log does not know: who bears it can't join any more.
// One that has joined is answered as it was then, however old.
const tooOld = "ID_NOT_OF_TODAY"

// hire does not mind that it is too late for a courier: the city is there without that one.
func hire(ctx context.Context, client courierv1.CourierServiceClient, couriers []Courier) error {
	for _, c := range couriers {
		_, err := client.RegisterCourier(command(ctx, "hire", c.ID), &courierv1.RegisterCourierRequest{
			CourierId: c.ID, Name: c.Name, Vehicle: c.Vehicle,
		}, grpc.WaitForReady(true))
		if err != nil && problem.From(err).Code != tooOld {
			return fmt.Errorf("hire %s: %w", c.Name, err)
		}
	}
	return nil
}

// join leaves opening to the end: until then nobody can order from half a menu.
func join(ctx context.Context, client restaurantv1.RestaurantServiceClient, r Restaurant) error {
	_, err := client.RegisterRestaurant(command(ctx, "register", r.ID), &restaurantv1.RegisterRestaurantRequest{
		RestaurantId: r.ID, Profile: r.Profile, Hours: r.Hours, DeliveryTerms: r.Terms, CurrencyCode: Currency,
	}, grpc.WaitForReady(true))
	var late error // told with what follows from it: nothing can be put on a menu that isn't there
	if err != nil {
		late = fmt.Errorf("register: %w", err)
		if problem.From(err).Code != tooOld {
			return late
		}
	}
	for _, item := range r.Items {
		if err := offer(ctx, client, r.ID, item); err != nil {
			return errors.Join(late, fmt.Errorf("%s: %w", item.GetName(), err))
		}
	}
	_, err = client.OpenRestaurant(command(ctx, "open", r.ID), &restaurantv1.OpenRestaurantRequest{RestaurantId: r.ID},
		grpc.WaitForReady(true))
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	return nil
}

func offer(ctx context.Context, client restaurantv1.RestaurantServiceClient, restaurantID string, item Item) error {
	_, err := client.PutMenuItem(command(ctx, "put", item.GetItemId()), &restaurantv1.PutMenuItemRequest{
		RestaurantId: restaurantID, Item: item.MenuItem,
	}, grpc.WaitForReady(true))
	if err != nil || !item.SoldOut {
		return err
	}
	_, err = client.MarkSoldOut(command(ctx, "sold-out", item.GetItemId()), &restaurantv1.MarkSoldOutRequest{
		RestaurantId: restaurantID, ItemId: item.GetItemId(),
	}, grpc.WaitForReady(true))
	return err
}

// command goes by an id that names what is done and to what, and so is the same on a repeat.
func command(ctx context.Context, what, id string) context.Context {
	return metadata.AppendToOutgoingContext(ctx, rpc.CommandID, "seed-"+what+"-"+id)
}
