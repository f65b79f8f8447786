package main

import (
	"crypto/sha256"
	"errors"
	"time"

	"github.com/oklog/ulid/v2"

	"tiffin/deploy/local/city"
	"tiffin/platform/identity"
)

// personas are the people of the demo city: those who order, one owner a restaurant, the couriers, and one who keeps it all running.
func personas(plan city.Plan) ([]identity.Persona, error) {
	var out []identity.Persona
	for _, name := range []string{"Amira Haddad", "Jonas Weber", "Priya Nair", "Lukas Nowak"} {
		id, err := personID(plan.Started, name)
		if err != nil {
			return nil, err
		}
		out = append(out, identity.Persona{
			PersonaID: id, Name: name, Roles: []string{string(identity.Customer)},
			Grants: []identity.Grant{{Role: identity.Customer, Resource: id}},
		})
	}
	for _, r := range plan.Restaurants {
		name := "Owner of " + r.Profile.GetName()
		id, err := personID(plan.Started, name)
		if err != nil {
			return nil, err
		}
		out = append(out, identity.Persona{
			PersonaID: id, Name: name, Roles: []string{string(identity.Restaurant)}, RestaurantID: r.ID,
			Grants: []identity.Grant{{Role: identity.Restaurant, Resource: r.ID}},
		})
	}
	for _, c := range plan.Couriers {
		id, err := personID(plan.Started, "Courier "+c.Name)
		if err != nil {
			return nil, err
		}
		out = append(out, identity.Persona{
			PersonaID: id, Name: c.Name, Roles: []string{string(identity.Courier)}, CourierID: c.ID,
			Grants: []identity.Grant{{Role: identity.Courier, Resource: c.ID}},
		})
	}
	id, err := personID(plan.Started, "Operations")
	if err != nil {
		return nil, err
	}
	return append(out, identity.Persona{
		PersonaID: id, Name: "Noor, on call", Roles: []string{string(identity.Operations)},
		Grants: []identity.Grant{{Role: identity.Operations, Resource: identity.Any}},
	}), nil
}

func personID(started time.Time, name string) (string, error) {
	sum := sha256.Sum256([]byte("person " + name))
	var id ulid.ULID
	if err := errors.Join(id.SetTime(ulid.Timestamp(started)), id.SetEntropy(sum[:10])); err != nil {
		return "", err
	}
	return id.String(), nil
}
