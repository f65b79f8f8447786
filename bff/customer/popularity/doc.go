// Package popularity is how often people order from each restaurant: one small document per restaurant, apart from the views
// that hold what restaurants say of themselves, because every order changes it.
// It owns the count and which events change it; the server owns what it stands beside.
// It says nothing of restaurants that nobody has ordered from.
package popularity
