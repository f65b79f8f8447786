package cluster

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/oklog/ulid/v2"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	customerv1 "tiffin/gen/tiffin/customer/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/identity"
	"tiffin/platform/rpc"
)

// dishes of the city's restaurants, which all cook the same, at all hours.
var dishes = map[string]int64{
	"Dal": 890, "Palak paneer": 1090, "Biryani": 1240, "Dosa": 750, "Thali": 1390, "Samosa": 420, "Raita": 310, "Mango lassi": 480,
}

// Found founds a city, by the commands that everybody has, while all is well. Who lives there can sign in at URL.
func (c *Cluster) Found(ctx context.Context, restaurants, customers, couriers int) error {
	ctx, err := c.issuer.AsService(ctx, "founding")
	if err != nil {
		return err
	}
	if c.felt, err = c.pulses(ctx); err != nil {
		return fmt.Errorf("found the city: %w", err)
	}
	var people []identity.Persona
	for n := range restaurants {
		id := ulid.Make().String()
		if err := openRestaurant(ctx, restaurantv1.NewRestaurantServiceClient(c.looks.conns["restaurant"]), id, n); err != nil {
			return fmt.Errorf("found the city: %w", err)
		}
		people = append(people, persona(identity.Restaurant, "Owner", id))
	}
	for range customers {
		p := persona(identity.Customer, "Customer", ulid.Make().String())
		_, err := customerv1.NewCustomerServiceClient(c.looks.conns["customer"]).RegisterCustomer(command(ctx),
			&customerv1.RegisterCustomerRequest{CustomerId: p.PersonaID, Name: p.Name}, grpc.WaitForReady(true))
		if err != nil {
			return fmt.Errorf("found the city: %w", err)
		}
		people = append(people, p)
	}
	for range couriers {
		p := persona(identity.Courier, "Courier", ulid.Make().String())
		_, err := courierv1.NewCourierServiceClient(c.looks.conns["courier"]).RegisterCourier(command(ctx), &courierv1.RegisterCourierRequest{
			CourierId: p.CourierID, Name: p.Name, Vehicle: courierv1.Vehicle_VEHICLE_BICYCLE,
		}, grpc.WaitForReady(true))
		if err != nil {
			return fmt.Errorf("found the city: %w", err)
		}
		people = append(people, p)
	}
	c.door.people.Store(&people)
	return nil
}

// pulses has people join whom nobody else is, and through whom it is felt whether the cell is well. Their restaurant never opens.
func (c *Cluster) pulses(ctx context.Context) ([]*pulse, error) {
	eater := persona(identity.Customer, "Pulse", ulid.Make().String())
	place, rider, dish := ulid.Make().String(), ulid.Make().String(), ulid.Make().String()
	_, err1 := customerv1.NewCustomerServiceClient(c.looks.conns["customer"]).RegisterCustomer(command(ctx),
		&customerv1.RegisterCustomerRequest{CustomerId: eater.PersonaID, Name: eater.Name}, grpc.WaitForReady(true))
	_, err2 := courierv1.NewCourierServiceClient(c.looks.conns["courier"]).RegisterCourier(command(ctx), &courierv1.RegisterCourierRequest{
		CourierId: rider, Name: "Pulse", Vehicle: courierv1.Vehicle_VEHICLE_BICYCLE,
	}, grpc.WaitForReady(true))
	restaurants := restaurantv1.NewRestaurantServiceClient(c.looks.conns["restaurant"])
	err3 := register(ctx, restaurants, place, -1)
	_, err4 := restaurants.PutMenuItem(command(ctx), &restaurantv1.PutMenuItemRequest{RestaurantId: place, Item: &typev1.MenuItem{
		ItemId: dish, Name: "Pulse soup", Section: "Dishes", Rank: 1, Price: euros(1),
	}}, grpc.WaitForReady(true))
	return []*pulse{
		c.pulse(eater, http.MethodPut, "/api/customer/v1/customers/"+eater.PersonaID,
			map[string]string{"name": "Even"}, "", map[string]string{"name": "Odd"}, ""),
		c.pulse(persona(identity.Restaurant, "Pulse", place), http.MethodPost, "/api/restaurant/v1/restaurants/"+place,
			nil, "/menu/items/"+dish+":soldOut", nil, "/menu/items/"+dish+":back"),
		c.pulse(persona(identity.Courier, "Pulse", rider), http.MethodPost, "/api/courier/v1/couriers/"+rider, nil, ":startShift", nil, ":endShift"),
	}, errors.Join(err1, err2, err3, err4)
}

func persona(role identity.Role, name, id string) identity.Persona {
	p := identity.Persona{
		PersonaID: id, Name: name + " " + id[len(id)-4:], Roles: []string{string(role)}, Grants: []identity.Grant{{Role: role, Resource: id}},
	}
	switch role {
	case identity.Restaurant:
		p.RestaurantID = id
	case identity.Courier:
		p.CourierID = id
	default:
	}
	return p
}

func command(ctx context.Context) context.Context {
	return metadata.AppendToOutgoingContext(ctx, rpc.CommandID, ulid.Make().String())
}

// openRestaurant has the nth restaurant open around the clock.
func openRestaurant(ctx context.Context, client restaurantv1.RestaurantServiceClient, id string, n int) error {
	if err := register(ctx, client, id, n); err != nil {
		return err
	}
	for rank, dish := range slices.Sorted(maps.Keys(dishes)) {
		_, err := client.PutMenuItem(command(ctx), &restaurantv1.PutMenuItemRequest{RestaurantId: id, Item: &typev1.MenuItem{
			ItemId: ulid.Make().String(), Name: dish, Section: "Dishes", Rank: int32(rank + 1), Price: euros(dishes[dish]),
		}}, grpc.WaitForReady(true))
		if err != nil {
			return err
		}
	}
	_, err := client.OpenRestaurant(command(ctx), &restaurantv1.OpenRestaurantRequest{RestaurantId: id}, grpc.WaitForReady(true))
	return err
}

func euros(cents int64) *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: cents} }

func register(ctx context.Context, client restaurantv1.RestaurantServiceClient, id string, n int) error {
	hours := &typev1.OpeningHours{TimeZone: "Europe/Berlin"}
	for day := typev1.Weekday_WEEKDAY_MONDAY; day <= typev1.Weekday_WEEKDAY_SUNDAY; day++ {
		hours.Windows = append(hours.Windows, &typev1.OpeningWindow{Weekday: day, ClosesMinute: int32((24 * time.Hour).Minutes())})
	}
	const apart, metres = 0.004, 3000
	_, err := client.RegisterRestaurant(command(ctx), &restaurantv1.RegisterRestaurantRequest{
		RestaurantId: id, CurrencyCode: "EUR", Hours: hours,
		Profile: &restaurantv1.Profile{
			Name: fmt.Sprintf("Dal House %d", n+1), Description: "Whatever happens, there is dal.", Cuisines: []string{"indian"},
			Address: fmt.Sprintf("Torstr. %d", n+1), PreparationMinutes: 15,
			Location: &typev1.Location{Latitude: 52.53 + apart*float64(n%3), Longitude: 13.40 + apart*float64(n/3)},
		},
		DeliveryTerms: &restaurantv1.DeliveryTerms{RadiusMeters: metres, Fee: euros(190), MinimumOrder: euros(1000)},
	}, grpc.WaitForReady(true))
	return err
}
