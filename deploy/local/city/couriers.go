package city

import (
	"fmt"
	"time"

	courierv1 "tiffin/gen/tiffin/courier/v1"
)

// Courier is somebody who brings food in the city.
type Courier struct {
	ID      string
	Name    string
	Vehicle courierv1.Vehicle
}

var (
	givenNames = []string{
		"Mira", "Tomasz", "Aylin", "Ben", "Chiara", "Daniel", "Esra", "Felix", "Greta", "Hassan", "Ines", "Jakub",
		"Kenji", "Lena", "Mateo", "Nadia", "Oskar", "Paula", "Quentin", "Rosa", "Samir", "Thea", "Uwe", "Vera",
	}
	familyNames = []string{
		"Albrecht", "Baran", "Costa", "Demir", "Eriksen", "Ferrari", "Gruber", "Haas", "Ivanov", "Jansen", "Kaya", "Lindner",
		"Moreau", "Neumann", "Okafor", "Petrov", "Quispe", "Richter", "Sato", "Tran", "Ulrich", "Vogel", "Wagner", "Yilmaz", "Zimmer",
	}
	vehicles = []courierv1.Vehicle{
		courierv1.Vehicle_VEHICLE_BICYCLE, courierv1.Vehicle_VEHICLE_BICYCLE, courierv1.Vehicle_VEHICLE_SCOOTER,
		courierv1.Vehicle_VEHICLE_BICYCLE, courierv1.Vehicle_VEHICLE_CAR,
	}
)

// MostCouriers is how many a city can have: that many have names of their own.
func MostCouriers() int { return len(givenNames) * len(familyNames) }

// couriers are the first n of the city's, with the ids that follow from the time that each joins at.
func couriers(born func(name string) time.Time, n int) ([]Courier, error) {
	if n < 0 || n > MostCouriers() {
		return nil, fmt.Errorf("%d couriers: a city has 0 to %d", n, MostCouriers())
	}
	out := make([]Courier, n)
	for i := range out {
		// After each round of given names the family names have moved on by one, so that no two are called the same.
		given, round := i%len(givenNames), i/len(givenNames)
		name := givenNames[given] + " " + familyNames[(given+round)%len(familyNames)]
		id, err := id(born(name), "courier "+name)
		if err != nil {
			return nil, err
		}
		out[i] = Courier{ID: id, Name: name, Vehicle: vehicles[i%len(vehicles)]}
	}
	return out, nil
}
